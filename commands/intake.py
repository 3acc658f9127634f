"""``duibiao intake``: the ledger of what arrived in a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.inputs import absent_files
from commands.options import complete_ruleset, lang_option, output_option
from commands.writing import reports_written
from evaluator.errors import Language


@click.command(
    help=speak(
        "登记收到的申报：收到、不完整、重复、被取代、拒收和原因。",
        "Make the ledger of what arrived: received, incomplete, refused and why.",
    )
)
@click.argument("folder", type=click.Path(path_type=Path), metavar=speak("收件文件夹", "FOLDER"))
@click.option(
    "--rules",
    metavar=speak("规则集", "ID"),
    shell_complete=complete_ruleset,
    help=speak("按这套规则查缺什么材料", "say what is missing under this ruleset"),
)
@output_option
@lang_option
def intake(folder: Path, rules: str | None, out: tuple[Path, ...], lang: Language) -> None:
    """Exit 1 where something was refused. Nothing in the folder is changed."""
    for path in out:
        if Path(os.path.realpath(folder)) in Path(os.path.realpath(path)).parents:
            raise click.BadParameter(
                speak("登记表不能写进收件文件夹", "the ledger is not written into the folder of arrivals"),
                param_hint="--out",
            )
        refuse_existing(path)
    found = _ledger(folder, rules)
    from scorecards.ledger import ledger_report

    reports_written(out, found, lambda _kind: ledger_report(found, lang))
    for line in _told(found, lang):
        click.echo(printable(line))
    for path in out:
        click.echo(printable(str(path)))
    if found["totals"]["refused"]:
        sys.exit(1)


def _ledger(folder: Path, name: str | None) -> dict[str, Any]:
    from evaluator.intake import Rules, Sent, ledger
    from evaluator.loading import arrived, load_ruleset, shared_catalogue

    loaded = load_ruleset(name) if name is not None else None
    catalogue = loaded.catalogue if loaded else shared_catalogue()
    found = arrived(folder, catalogue)
    sent = (
        Sent(
            one.name,
            one.digest,
            one.received.submission if one.received else None,
            absent_files(one.received) if one.received else None,
            one.problems,
            one.includes,
        )
        for one in found.arrivals
    )
    return ledger(sent, found.ignored, Rules(loaded.ruleset, catalogue) if loaded else None, catalogue)


def _told(found: dict[str, Any], lang: Language) -> list[str]:
    """The totals, then a line for each arrival that needs somebody's attention."""
    from scorecards.ledger import STATUSES

    zh = lang == "zh"
    words = {status: pair[0] if zh else pair[1] for status, pair in STATUSES.items()}
    counted = ("，" if zh else ", ").join(
        f"{words[status]} {number}" if zh else f"{number} {words[status]}"
        for status, number in found["totals"].items()
        if number
    )
    total = len(found["entries"])
    lines = [
        (f"共 {total} 件：{counted}" if zh else f"{total} arrivals: {counted}")
        if total
        else speak("没有收到申报", "nothing arrived")
    ]
    for one in found["entries"]:
        if one["status"] == "received":
            continue
        status, colon = words[one["status"]], "：" if zh else ": "
        lines.extend(
            f"[{status}] {problem['place']}{colon}{problem['text'][lang]}" for problem in one["problems"]
        )
        if not one["problems"]:
            why = ("；" if zh else "; ").join(reason[lang] for reason in one["reasons"])
            lines.append(f"[{status}] {one['name']}{colon}{why}")
    return lines
