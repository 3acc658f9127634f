"""Rulesets to and from the table that policy staff edit: read, checked and changed in memory; nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue, CatalogueFile
from evaluator.errors import Place, Problem, RulesetError, Words
from evaluator.loading.editing import NotEditable, as_text, edited
from evaluator.loading.files import attempt, contents, typed
from evaluator.loading.forms import workbook_bytes
from evaluator.loading.resolving import find_ruleset
from evaluator.loading.rulesets import other_version, shared_beside
from evaluator.loading.table_cases import cases_after, left_to_do
from evaluator.loading.version_files import changed_since_published
from evaluator.model import Model
from evaluator.packages.names import shown
from evaluator.reading import read_yaml
from evaluator.ruleset import Clauses, Ruleset
from evaluator.table.changes import Change, changes
from evaluator.table.judging import judged
from evaluator.table.plan import Encoding, data_of, labels_of, planned, state_of
from evaluator.table.reading import Reading, read_table
from evaluator.table.tree import tree
from evaluator.table.writing import write_table
from evaluator.validating import validate

_MODELS: dict[str, type[Model]] = {"ruleset": Ruleset, "clauses": Clauses, "catalogue": CatalogueFile}
_NO_ITEMS = {"catalogue": 1}


class Imported(NamedTuple):
    """What an import comes to: the files that change with their new bytes, what changed, and what is left to do by hand."""

    files: Mapping[str, bytes]
    changes: tuple[Change, ...]
    notes: tuple[Problem, ...]


def table_of(name: str) -> bytes:
    """The ruleset ``name`` (an id, ``id@version`` or a folder) as a workbook; raises ``RulesetError`` with every problem."""
    folder, version = find_ruleset(name)
    encoding = encoding_of(folder)
    problems = list(other_version(name, version, encoding.ruleset, folder)) if version is not None else []
    if problems:
        raise RulesetError(problems)
    content = write_table(planned(encoding))
    # What could not be read back is not handed out.
    data = data_of(encoding)
    reading = read_table(content, f"{encoding.ruleset.ruleset}.xlsx", shared_beside(folder), data)
    if reading.problems or {**data, "catalogue": _filled(reading.data["catalogue"])} != {
        **reading.data,
        "catalogue": data["catalogue"],
    }:
        what = Words("这套规则里有表格装不下的内容", "something in this ruleset does not fit into the table")
        raise RulesetError(
            [
                *reading.problems,
                Problem(
                    "not_lossless", Place(str(folder)), what, Words("请报告这个问题", "please report this")
                ),
            ]
        )
    return content


def _filled(catalogue: dict[str, Any]) -> dict[str, Any]:
    return catalogue or dict(_NO_ITEMS)


def encoding_of(folder: Path) -> Encoding:
    """The content of a ruleset's folder; raises ``RulesetError`` where it is not of the right types."""
    problems: list[Problem] = []
    found = {
        part: typed(model, attempt(folder / f"{part}.yaml", problems), problems)
        for part, model in _MODELS.items()
        if part == "ruleset" or (folder / f"{part}.yaml").is_file()
    }
    if problems:
        raise RulesetError(problems)
    ruleset, clauses, own = found["ruleset"], found.get("clauses"), found.get("catalogue")
    assert isinstance(ruleset, Ruleset)
    file = own if isinstance(own, CatalogueFile) else CatalogueFile(catalogue=1)
    return Encoding(
        ruleset,
        clauses if isinstance(clauses, Clauses) else Clauses(clauses=()),
        file,
        shared_beside(folder).joined(Catalogue.model_construct(None, **{"catalogue": 1, **dict(file)})),
    )


def imported(path: Path, out: Path, base: str | None, *, removal: bool, newer: bool) -> Imported:
    """What the table in ``path`` makes of the ruleset in ``out``, or of a new one there, begun from ``base`` where one is named.

    Raises ``InputError`` with every problem: of the table, each at its cell; of entries that are gone, unless ``removal`` allows
    it; of files that were changed after the table was made, unless ``newer`` says to go over them.
    """
    there = (out / "ruleset.yaml").is_file()
    source, version = (out, None) if there or base is None else find_ruleset(base)
    before = encoding_of(source) if there or base is not None else None
    if before is not None and version is not None:
        problems = list(other_version(str(base), version, before.ruleset, source))
        if problems:
            raise RulesetError(problems)
    old = data_of(before) if before is not None else {}
    shared = shared_beside(out)
    reading = read_table(workbook_bytes(path), shown(path), shared, old)
    found = judged(reading, shared)
    problems = [*found.problems, *_of_another(reading, before), *_misnamed(reading, out)]
    if problems or found.encoding is None:
        raise RulesetError(problems)
    new = data_of(found.encoding)
    changed = changes(
        old, new, labels_of(found.encoding.catalogue) | (labels_of(before.catalogue) if before else {})
    )
    problems = [
        *_removed(changed, reading.file, allowed=removal),
        *_newer(reading, old, changed, allowed=newer),
    ]
    if problems:
        raise RulesetError(problems)
    problems = _published(reading, source, found.encoding) if changed and before is not None else []
    if problems:
        raise RulesetError(problems)
    texts = _texts(source) if before is not None else {}
    cases = cases_after(texts, old, found.encoding)
    written = {**_written(texts, old, new, out), **({} if cases == texts.get("cases") else {"cases": cases})}
    if not there:
        # A copy has all of the files that it was made from.
        written = {**texts, **_records(source), "cases": cases, **written}
    notes = left_to_do(cases, found.encoding, reading, out)
    return Imported(
        {f"{part}.yaml": text.encode() for part, text in written.items()}, tuple(changed), tuple(notes)
    )


def _texts(folder: Path) -> dict[str, str]:
    paths = {part: folder / f"{part}.yaml" for part in (*_MODELS, "cases")}
    return {
        part: contents(path, "largest_rule_file").decode("utf-8-sig")
        for part, path in paths.items()
        if path.is_file()
    }


def _records(folder: Path) -> dict[str, str]:
    """What is recorded beside a ruleset: its versions, and how it was compared with the official text."""
    paths = {part: folder / f"{part}.yaml" for part in ("versions", "trace")}
    return {
        part: contents(path, "largest_rule_file").decode() for part, path in paths.items() if path.is_file()
    }


def _published(reading: Reading, folder: Path, encoding: Encoding) -> list[Problem]:
    """A version that was published stays as it is: the change needs a number of its own."""
    if not changed_since_published(folder, encoding.ruleset, encoding.catalogue):
        return []
    version = encoding.ruleset.version
    what = Words(f"版本 {version} 已经发布，不再改动", f"version {version} is published and stays as it is")
    mend = Words("在这里写新的版本号：改措辞提高末位，改阈值、分值提高前两位", "write a new version here")
    return [
        Problem(
            "published_version", reading.places.get(("ruleset", "version"), Place(reading.file)), what, mend
        )
    ]


def _written(
    texts: Mapping[str, str], old: Mapping[str, Any], new: Mapping[str, Any], out: Path
) -> dict[str, str]:
    found: dict[str, str] = {}
    for part, model in _MODELS.items():
        data = new[part]
        if part in texts:
            if data == old[part]:
                continue
            found[part] = _edited(texts[part], old[part], data, out / f"{part}.yaml")
        elif data != (_NO_ITEMS if part == "catalogue" else None):
            found[part] = as_text(data)
        else:
            continue
        if tree(validate(model, read_yaml(found[part], str(out / f"{part}.yaml"), "rule_items"))) != data:
            raise RulesetError([_not_editable(out / f"{part}.yaml")])
    return found


def _edited(text: str, old: Mapping[str, Any], new: Mapping[str, Any], path: Path) -> str:
    try:
        return edited(text, old, new)
    except NotEditable:
        raise RulesetError([_not_editable(path)]) from None


def _not_editable(path: Path) -> Problem:
    what = Words(
        "这个文件用了锚点（& 和 *）等写法，不能只改一处",
        "the file is written with anchors, or so that no piece of it can be changed alone",
    )
    return Problem(
        "not_editable",
        Place(shown(path)),
        what,
        Words("把锚点展开，再导入", "write the anchors out, then import again"),
    )


def _of_another(reading: Reading, before: Encoding | None) -> list[Problem]:
    said = reading.marks.get("ruleset", "")
    if before is None or said == before.ruleset.ruleset:
        return []
    what = Words(
        f"这张表是 {said} 的，不是 {before.ruleset.ruleset} 的",
        f"this table is of {said}, not of {before.ruleset.ruleset}",
    )
    return [Problem("other_ruleset", Place(reading.file), what, Words("核对 --out", "check --out"))]


def _misnamed(reading: Reading, out: Path) -> list[Problem]:
    name, folder = reading.data["ruleset"].get("ruleset"), Path(os.path.realpath(out)).name
    if name is None or folder == name:
        return []
    what = Words(
        f"文件夹名 {folder} 与规则集标识 {name} 不一致",
        f"the folder {folder} is not named after the ruleset {name}",
    )
    mend = Words(f"导入到名为 {name} 的文件夹", f"import into a folder named {name}")
    return [
        Problem("folder_name", reading.places.get(("ruleset", "ruleset"), Place(reading.file)), what, mend)
    ]


def _removed(changed: list[Change], file: str, *, allowed: bool) -> list[Problem]:
    if allowed:
        return []
    mend = Words(
        "确要删除，加 --allow-removal；误删的，从原表补回这一行",
        "to remove it add --allow-removal; else bring the row back",
    )
    gone = [one for one in changed if one.kind == "removed"]
    return [
        Problem("removed", Place(file), Words(one.in_language("zh"), one.in_language("en")), mend)
        for one in gone
    ]


def _newer(
    reading: Reading, old: Mapping[str, Any], changed: list[Change], *, allowed: bool
) -> list[Problem]:
    if allowed or not old or not changed or reading.marks.get("state") == state_of(old):
        return []
    what = Words(
        "导出这张表以后，规则文件又改过；照表导入会把那些改动改回去",
        "the rule files were changed after this table was exported: importing it would undo that",
    )
    mend = Words(
        "重新导出，把改动抄到新表里；确要以表为准，加 --over-newer",
        "export anew; to go over them add --over-newer",
    )
    return [Problem("newer_files", Place(reading.file), what, mend)]
