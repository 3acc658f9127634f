"""Scorecards sealed as they are issued, by the profile that the server was started with."""

from __future__ import annotations

from pathlib import Path

from evaluator.errors import Words
from evaluator.loading.sealing import load_profile, time_now
from evaluator.loading.sealing_services import authority_at, program_at
from scorecards.sealing.opening import Services, opened


def sealed(content: bytes, profile: Path) -> bytes:
    """A scorecard with the seal of ``profile``; raises ``InputError`` for whatever is wrong."""
    loaded = load_profile(profile)

    def ask(kind: str, key: str, what: Words) -> bytes:
        missing = Words(f"需要{what.zh}", f"the {what.en[0].lower() + what.en[1:]} is needed")
        mend = Words(
            f"服务器上没有人可问：写 {key}，指出只有运行者能读的口令文件",
            f"nobody can be asked on a server: name with {key} a file that only whoever runs it may read",
        )
        raise loaded.problem("no_passphrase", (kind,), missing, mend)

    with opened(loaded, Services(time_now, authority_at, program_at), ask) as seal:
        return seal(content, "scorecard.pdf")
