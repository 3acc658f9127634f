"""``duibiao rules diff``: what changed in meaning between two rulesets."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from commands.console import speak
from commands.forms import refuse_existing
from commands.options import complete_ruleset, lang_option, report_files
from commands.rules.reporting import format_option, write_reports
from commands.rules.shared import rulesets_of
from commands.writing import json_bytes
from evaluator.errors import Language


@click.command(
    "diff",
    help=speak(
        "对比两套规则：改了什么要求、从严还是从宽、版本号提高得够不够。",
        "Tell what changed in meaning between two rulesets, and if the version fits.",
    ),
)
@click.argument("old", shell_complete=complete_ruleset, metavar=speak("旧规则集", "OLD"))
@click.argument("new", shell_complete=complete_ruleset, metavar=speak("新规则集", "NEW"))
@format_option
@report_files(".docx", ".html", ".pdf", ".xlsx", ".json", otherwise="printed too")
@click.option(
    "--require-version",
    is_flag=True,
    help=speak("版本号提高得不够时，退出码为 1", "exit with 1 where the version was not raised enough"),
)
@lang_option
def diff_rules(
    old: str, new: str, form: str, out: tuple[Path, ...], require_version: bool, lang: Language
) -> None:
    """Each of both is an id or a folder. Exit 0, whatever the difference."""
    from evaluator.revising import difference

    refuse_existing(*out)
    before, after = rulesets_of((old, new), in_work=True)
    found = difference((before.ruleset, before.catalogue), (after.ruleset, after.catalogue))
    if out:
        from scorecards.revision import revision_report

        write_reports(out, found, lambda _kind: revision_report(found, lang))
    if form == "json":
        click.echo(json_bytes(found).decode(), nl=False)
    else:
        for line in _lines(found, lang):
            click.echo(line)
    if require_version and found["version"]["enough"] is False:
        sys.exit(1)


_NATURES = {
    "judgement": ("影响判定的改动", "Changes of judgement"),
    "particulars": ("不影响判定的事项", "Particulars that change no outcome"),
    "wording": ("只改文字", "Wording only"),
}
_EFFECTS = {
    "stricter": ("从严", "stricter"),
    "looser": ("从宽", "looser"),
    "depends": ("视情况", "depends"),
    "neutral": ("不变", "none"),
}


def _lines(found: dict[str, Any], lang: Language) -> Iterator[str]:
    zh = lang == "zh"
    sides = " → ".join(f"{found[side]['id']}@{found[side]['version']}" for side in ("old", "new"))
    yield sides
    changes = [change for entry in found["entries"] for change in entry["changes"]]
    for nature, heading in _NATURES.items():
        chosen = [one for one in changes if one["nature"] == nature]
        if chosen:
            yield ""
            yield f"{heading[not zh]}（{len(chosen)}）" if zh else f"{heading[1]} ({len(chosen)})"
        for one in chosen:
            effect = _EFFECTS[one["effect"]][not zh]
            mark = "" if nature != "judgement" else f"〔{effect}〕" if zh else f" [{effect}]"
            why = one["reason"][lang] if one["reason"] else ""
            tail = (f"（{why}）" if zh else f" ({why})") if why else ""
            yield f"  {one['text'][lang]}{mark}{tail}"
    if changes:
        yield ""
    yield found["version"]["text"][lang]
