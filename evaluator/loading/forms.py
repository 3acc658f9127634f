"""Workbooks among submissions: which files are read as forms, and which are refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.errors import Language, Problem, RulesetError, Words
from evaluator.loading.files import contents, refused
from evaluator.loading.resolving import ruleset_ids
from evaluator.loading.rulesets import Loaded, load_ruleset
from evaluator.packages.names import shown

if TYPE_CHECKING:
    from evaluator.workbook.read import Note
    from evaluator.workbook.reading import FilledForm

FORMS = (".xlsx",)
_OTHERS = (".xls", ".et", ".ett", ".xlsm", ".xlsb", ".ods", ".csv", ".numbers", ".xltx", ".xltm")


def is_form(path: Path) -> bool:
    """Whether the name says that this is a workbook, of whatever kind."""
    return path.suffix.lower() in (*FORMS, *_OTHERS)


def read_filled(path: Path) -> FilledForm:
    """The form in ``path``; raises ``InputError`` where it cannot be used, or holds something about a person."""
    return form_in(workbook_bytes(path), shown(path))


def workbook_bytes(path: Path) -> bytes:
    """The bytes of a workbook; raises ``InputError`` where it is of a kind that is not read."""
    return contents(path, largest_workbook(path))


def largest_workbook(path: Path | str) -> str:
    """The limit of how many bytes a form may have.

    Raises ``InputError`` where it is, by its name, a workbook of a kind that is not read.
    """
    ending = Path(path).suffix.lower()
    if ending in _OTHERS:
        macros = ending in (".xlsm", ".xltm")
        raise refused(
            path,
            "macros" if macros else "other_workbook",
            "带宏的工作簿不能接收" if macros else f"不读 {ending} 文件",
            "a workbook with macros is refused" if macros else f"{ending} files are not read",
            Words("用 WPS 或 Excel 打开，另存为 .xlsx", "open it in WPS or Excel and save it as .xlsx"),
        )
    return "largest_workbook"


def form_in(content: bytes, shown: str) -> FilledForm:
    """The form in the bytes of a workbook."""
    from evaluator.workbook.reading import read_form  # noqa: PLC0415 - calamine is for workbooks only

    return read_form(content, shown)


def annotated_copy(path: Path, problems: Iterable[Problem], language: Language) -> bytes:
    """The form in ``path`` with its problems as comments; raises ``InputError`` where it cannot be opened."""
    from evaluator.workbook.annotating import annotated  # noqa: PLC0415 - for workbooks only

    return annotated(contents(path, "largest_workbook"), shown(path), problems, language)


def pictures_of_form(path: Path) -> dict[str, bytes]:
    """The pictures that WPS placed in the cells of the form in ``path``, by the names under which it lists them as files."""
    return pictures_in(contents(path, "largest_workbook"), shown(path))


def pictures_in(content: bytes, shown: str) -> dict[str, bytes]:
    """The same of the bytes of a form."""
    from evaluator.workbook.reading import pictures  # noqa: PLC0415 - for workbooks only

    return pictures(content, shown)


def rulesets_of_form(path: Path) -> tuple[str, ...]:
    """The ids of the rulesets that a form was made from; none for a file of another kind."""
    return tuple(mark.id for mark in read_filled(path).about.rulesets) if is_form(path) else ()


def version_notes(form: FilledForm, known: Iterable[Loaded]) -> Iterator[Note]:
    """What has changed since the form was made, for each ruleset that it was made from: ``known`` first, else those installed."""
    from evaluator.workbook.versions import changes  # noqa: PLC0415

    loaded = {one.ruleset.ruleset: one for one in known}
    for mark in form.about.rulesets:
        if mark.id not in loaded and mark.id in ruleset_ids():
            try:
                loaded[mark.id] = load_ruleset(mark.id)
            except RulesetError:
                continue  # whoever scores by it is told
        one = loaded.get(mark.id)
        if one is not None:
            yield from changes(form, mark, one.ruleset, one.catalogue)
