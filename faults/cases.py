"""What is killed: each case is a folder as it lies before, the command that is run there, and the one that is run next."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from faults.running import ROOT, Runner

_RULES = ("--rules", "kunming-model-community")
_MIDDLING, _EXCELLENT = (
    ROOT / "examples" / "kunming-model-community" / f"{name}.yaml" for name in ("middling", "excellent")
)
_OWN = ROOT / "examples" / "rulesets" / "meal-service-2026"
Lay = Callable[[Runner, Path], None]


class Case(NamedTuple):
    """``lay`` makes the folder as it lies before; ``following`` is run in it after ``command``, ended or killed."""

    name: str
    lay: Lay
    command: tuple[str, ...]
    following: tuple[str, ...]


def _run(runner: Runner, folder: Path, *arguments: str) -> None:
    done = runner.run(arguments, folder)
    assert done.code == 0, (arguments, done.err)


def _edited(source: Path, old: str, new: str, to: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert old in text
    to.write_text(text.replace(old, new, 1), encoding="utf-8")


def _scored(formats: str) -> Lay:
    def lay(runner: Runner, folder: Path) -> None:
        """Scored some time ago; since then the submission was changed."""
        _edited(_MIDDLING, "name: ", "name: 原", folder / "a.yaml")
        _edited(_EXCELLENT, "id: ", "id: c-", folder / "c.yaml")
        _run(runner, folder, "score", "a.yaml", *_RULES, "--format", formats, "--out", "out")
        shutil.copy(_MIDDLING, folder / "a.yaml")

    return lay


def _submission(_runner: Runner, folder: Path) -> None:
    shutil.copy(_MIDDLING, folder / "a.yaml")


_FORM = """\
submission: 1
subject: {id: demo-01, name: 示例社区, kind: community}
period: {from: "2025-01-01", to: "2025-12-31"}
events:
  - {id: E1, type: publicity_session, date: "2025-03-12", title: 学习会}
"""


def photograph(number: int, size: int) -> bytes:
    """A photograph that does not compress: noise of ``size`` pixels a side, the same for the same number."""
    noise = random.Random(number).randbytes(size * size * 3)
    stream = BytesIO()
    Image.frombytes("RGB", (size, size), noise).save(stream, "JPEG", quality=90)
    return stream.getvalue()


def _to_pack(_runner: Runner, folder: Path) -> None:
    (folder / "申报").mkdir()
    (folder / "申报" / "submission.yaml").write_text(_FORM, encoding="utf-8")
    for number in (1, 2, 3):
        (folder / "申报" / f"E1_20250312_{number}.jpg").write_bytes(photograph(number, 420))


def _line(name: str, years: int = 0) -> str:
    whole = {
        "submission": 1,
        "subject": {"id": name, "name": "示例社区", "kind": "community"},
        "period": {"from": f"{2025 - years}-01-01", "to": f"{2025 - years}-12-31"},
    }
    return json.dumps(whole, ensure_ascii=False) + "\n"


def _lines(_runner: Runner, folder: Path) -> None:
    text = "".join(_line(f"s-{n:02}") for n in range(34))
    (folder / "in.jsonl").write_text(text, encoding="utf-8")


_BATCH = ("batch", "in.jsonl", *_RULES, "--out", "out", "--jobs", "2", "--format", "jsonl,parquet")
_CARDS = (*_BATCH, "--scorecards", "cards.txt", "--scorecard-format", "html")


def _batched(runner: Runner, folder: Path) -> None:
    """Done with two scorecards; since then some submissions were changed, added and withdrawn."""
    _lines(runner, folder)
    (folder / "cards.txt").write_text("s-00\ns-01\n", encoding="utf-8")
    _run(runner, folder, *_CARDS)
    text = "".join(_line(f"s-{n:02}", n % 2) for n in range(1, 35))
    (folder / "in.jsonl").write_text(text, encoding="utf-8")
    (folder / "cards.txt").write_text("s-01\ns-02\n", encoding="utf-8")


def _own(runner: Runner, folder: Path) -> None:
    shutil.copytree(_OWN, folder / _OWN.name)
    _run(runner, folder, "rules", "state", f"./{_OWN.name}", "--to", "draft", "--on", "2026-09-01")


def _approved(runner: Runner, folder: Path) -> None:
    _own(runner, folder)
    _run(runner, folder, "rules", "state", f"./{_OWN.name}", "--to", "approved", "--on", "2026-10-01")
    _run(runner, folder, "rules", "key", "-o", "unit")


_PACK = ("pack", "申报", "-o", "出/包.zip")
_APPROVE = ("rules", "state", f"./{_OWN.name}", "--to", "approved", "--on", "2026-10-01")
_PUBLISH = (
    "rules",
    "publish",
    f"./{_OWN.name}",
    "--key",
    "unit.pem",
    "--on",
    "2026-11-25",
    "-o",
    "out/meal.duibiao",
)
_FORMS = ("--rules", str(_OWN))
_START = ("review", "start", str(_OWN / "submission.yaml"), *_FORMS, "--stage", "final", "-o")


def _score(formats: str) -> tuple[str, ...]:
    return ("score", "a.yaml", *_RULES, "--format", formats, "--out", "out")


# The next run scores another submission: what the killed one had is to be there as a whole all the same, or not at all.
_ANOTHER = ("score", "c.yaml", *_RULES, "--format", "json", "--out", "out")


def _again(name: str, lay: Lay, *command: str) -> Case:
    return Case(name, lay, command, command)


# ``duibiao sign`` belongs here, too: one line more once it is there.
CASES = {
    one.name: one
    for one in (
        Case("score", _scored("json,xlsx"), _score("json,xlsx"), _ANOTHER),
        Case("score-pdf", _scored("json,pdf"), _score("json,pdf"), _ANOTHER),
        _again("pack", _to_pack, *_PACK),
        _again("pack-parts", _to_pack, *_PACK, "--limit", "500KB"),
        Case("batch", _lines, _BATCH, (*_BATCH, "--resume")),
        _again("batch-again", _batched, *_CARDS, "--resume"),
        _again("state", _own, *_APPROVE),
        _again("publish", _approved, *_PUBLISH),
        _again("review", _submission, *_START, "review.yaml"),
        _again("template", _submission, "template", *_FORMS, "-o", "form.xlsx"),
        _again("convert", _submission, "convert", "a.yaml", "-o", "a.json"),
        _again("tables", _submission, "convert", "a.yaml", "-o", "tables"),
    )
}
