"""A unit's seal, opened from its profile for as long as it is needed: ``duibiao sign`` and ``duibiao score --sign`` use it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import speak
from evaluator.errors import Words

if TYPE_CHECKING:
    from evaluator.loading.sealing import LoadedProfile

Seal = Callable[[bytes, str], bytes]

sign_option = click.option(
    "--sign",
    "sealing",
    type=click.Path(path_type=Path),
    metavar=speak("方案", "PROFILE"),
    help=speak(
        "按这个签章方案（.yaml）给评分表签章", "sign the PDF scorecards by this profile (.yaml) of a seal"
    ),
)


def refuse_unsignable(sealing: Path | None, formats: tuple[str, ...], pdf: str) -> None:
    """Raise ``UsageError`` where nothing that is made could be signed."""
    if sealing is not None and "pdf" not in formats:
        raise click.UsageError(speak("--sign 要配 --format pdf", "--sign goes with --format pdf"))
    if sealing is not None and pdf == "ua":
        zh = "--sign 不能配 --pdf ua：签章会使文件不再符合 PDF/UA 和 PDF/A"
        en = "--sign does not go with --pdf ua: a signature would make both claims, PDF/UA and PDF/A, untrue"
        raise click.UsageError(speak(zh, en))


@contextmanager
def seal_if_wanted(path: Path | None) -> Iterator[Seal]:
    """The seal of the profile in ``path``; without one, what leaves a PDF as it is."""
    if path is None:
        yield lambda content, _name: content
    else:
        with opened_seal(path) as seal:
            yield seal


def opened_seal(path: Path, reason: str | None = None) -> AbstractContextManager[Seal]:
    """What signs the content of a PDF, given its name for problems; raises ``InputError`` for whatever is wrong.

    The key is opened, and its passphrase asked for, before anything is signed. The time of signing is when it is opened.
    """
    from evaluator.loading.sealing import load_profile, time_now
    from evaluator.loading.sealing_services import authority_at, program_at
    from scorecards.sealing.opening import Services, opened

    loaded = load_profile(path)
    return opened(loaded, Services(time_now, authority_at, program_at), partial(_asked, loaded), reason)


def _asked(loaded: LoadedProfile, kind: str, key: str, what: Words) -> bytes:
    if not sys.stdin.isatty():
        missing = Words(f"需要{what.zh}", f"the {what.en[0].lower() + what.en[1:]} is needed")
        mend = Words(
            f"在终端上运行，按提示输入；或写 {key}，指出只有本人能读的口令文件",
            f"run it at a terminal, where it is asked for, or name with {key} a file with it that only you may read",
        )
        raise loaded.problem("no_passphrase", (kind,), missing, mend)
    return str(click.prompt(speak(what.zh, what.en), hide_input=True, err=True)).encode()
