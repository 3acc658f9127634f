"""``duibiao sign``: issued scorecards signed and sealed by a unit."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import own_words_option
from commands.sealing import opened_seal
from commands.writing import written_whole
from evaluator.errors import InputError, Place, Problem, Words

_LONGEST_REASON = 100


def _reason(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    from evaluator.persons import persons_in

    if value is None:
        return None
    if not value.strip() or len(value) > _LONGEST_REASON or not value.isprintable():
        raise click.BadParameter(
            speak(
                f"写一行字，不超过 {_LONGEST_REASON} 字", f"one line of at most {_LONGEST_REASON} characters"
            )
        )
    persons = persons_in([(Place("--reason"), value)])
    if persons:
        raise InputError(persons)
    return value.strip()


@click.command(
    "sign",
    help=speak(
        "给出具的评分表签章：单位的电子签名和印章；原文件不动。",
        "Sign issued scorecards with a unit's key and seal.",
    ),
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=speak("评分表…", "FILE…")
)
@click.option(
    "--with",
    "profile",
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("方案", "PROFILE"),
    help=speak(
        "签章方案（.yaml）：用哪个密钥、印章什么样", "the profile (.yaml): which key, and how the seal looks"
    ),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=speak("文件夹", "DIR"),
    help=speak(
        "输出文件夹（默认写在原文件旁边）；已有的文件不覆盖",
        "output folder (default: beside each file); nothing is overwritten",
    ),
)
@click.option(
    "--reason",
    callback=_reason,
    metavar=speak("文字", "TEXT"),
    help=speak("签章的事由，写进签名", "why it is signed, written into the signature"),
)
@own_words_option
def sign(files: tuple[Path, ...], profile: Path, out: Path | None, reason: str | None) -> None:
    """Every file is signed before the first is written; the key is opened once."""
    from evaluator.loading.files import contents
    from evaluator.packages.names import shown

    targets = _targets(files, out)
    problems: list[Problem] = []
    made: dict[Path, bytes] = {}
    with opened_seal(profile, reason) as seal:
        for file, target in zip(files, targets, strict=True):
            try:
                content = contents(file, "largest_scorecard")
                made[target] = seal(content, shown(file))
                _refuse_altered(file, content)
            except InputError as error:
                problems.extend(error.problems)
                if any(one.place.file != shown(file) for one in error.problems):
                    break  # the fault is not this file's: the others would fail alike
    if problems:
        raise InputError(problems)
    _write(made)
    for path in made:
        click.echo(printable(str(path)))


def _refuse_altered(file: Path, content: bytes) -> None:
    """Raise ``InputError`` where verifying finds that this is not what was issued: nobody seals a forgery unawares."""
    from commands.verifying import Asked, verified
    from evaluator.packages.names import shown

    answer = verified(file, Asked(None, None, None, (), trust_asked=False), content)
    if answer.verdict in ("altered", "unreadable"):
        mend = Words(
            "从对标重新出具评分表，再签；详见 duibiao verify",
            "have it issued again, and sign that; duibiao verify says more",
        )
        amiss = [one.words for one in answer.lines if one.state == "wrong"]
        raise InputError(Problem("altered", Place(shown(file)), words, mend) for words in amiss)


def _targets(files: tuple[Path, ...], out: Path | None) -> list[Path]:
    """Where each goes: ``NAME.signed.pdf``, then ``NAME.signed2.pdf`` …"""
    targets = [(out or file.parent) / signed_name(file.name) for file in files]
    for target, count in Counter(targets).items():
        if count > 1:
            what = Words("几份评分表会写成同一个文件", "several scorecards would be written to this file")
            mend = Words("不写 --out，或分几次签", "leave out --out, or sign them one by one")
            raise InputError([Problem("same_name", Place(str(target)), what, mend)])
        refuse_existing(target)
    return targets


def signed_name(name: str) -> str:
    """The name of a file that is signed once more.

    >>> signed_name("cuihu-an.pdf"), signed_name("cuihu-an.signed.pdf"), signed_name("cuihu-an.signed2.pdf")
    ('cuihu-an.signed.pdf', 'cuihu-an.signed2.pdf', 'cuihu-an.signed3.pdf')
    """
    stem = re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE)
    found = re.fullmatch(r"(.+)\.signed(\d{0,3})", stem)
    return f"{stem}.signed.pdf" if found is None else f"{found[1]}.signed{int(found[2] or 1) + 1}.pdf"


def _write(made: dict[Path, bytes]) -> None:
    with ExitStack() as stack:
        folders = {
            folder: stack.enter_context(written_whole(folder, new=True))
            for folder in dict.fromkeys(one.parent for one in made)
        }
        for path, content in made.items():
            folders[path.parent](path.name, content)
