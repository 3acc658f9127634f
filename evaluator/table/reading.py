"""The bytes of a table → the data of the rule files that it says, with the place of everything. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.persons import persons_in
from evaluator.reading import Path
from evaluator.ruleset import Clause, ClauseItem, Criterion, Deductions, Grade, Ruleset, Section
from evaluator.table.cells import Wrong, squeezed
from evaluator.table.columns import values_of
from evaluator.table.entries import Entry, entries, marks_of
from evaluator.table.form import FORMAT, KEY, MARK
from evaluator.table.gathering import Gathering, Resolve
from evaluator.table.items import Items
from evaluator.table.knowing import Known, following, proposed
from evaluator.table.names import SHEETS, TOTAL, name
from evaluator.table.reading_checks import CheckReader
from evaluator.table.reading_items import ItemReader
from evaluator.table.records import insides, put, scalars
from evaluator.workbook.guarding import texts_of
from evaluator.workbook.opening import Book


class Reading(NamedTuple):
    """What a table says: the data of ``ruleset``, ``clauses`` and ``catalogue``, where it stands, and what could not be read."""

    file: str
    marks: Mapping[str, str]
    data: dict[str, Any]
    places: Mapping[Path, Place]
    names: Mapping[Path, str]
    problems: tuple[Problem, ...]


def read_table(content: bytes, shown: str, shared: Catalogue, old: Mapping[str, Any]) -> Reading:
    """What the workbook says; raises ``InputError`` where it is no table, or holds something about a person.

    ``shared`` is the catalogue without what the ruleset declares itself; ``old`` the data that the files have now.
    """
    book = Book(content, shown)
    persons = persons_in(texts_of(book, set()))
    if persons:
        raise InputError(dict.fromkeys(persons))
    marks = marks_of(book)
    if marks.get(MARK) != str(FORMAT):
        raise InputError([_no_table(book, marks)])
    reader = _Reader(book, shared, old)
    reader.read()
    found = reader.all
    return Reading(shown, marks, found.data, found.places, found.names, tuple(found.problems))


def _no_table(book: Book, marks: Mapping[str, str]) -> Problem:
    if marks:
        what = Words("这张表是较新的程序导出的", "a later program exported this table")
        return Problem(
            "newer_table", Place(book.file), what, Words("升级 duibiao 再导入", "upgrade duibiao first")
        )
    what = Words("这不是规则表", "this is no table of rules")
    mend = Words(
        "用 duibiao rules export 导出的表来改；不要删隐藏的工作表",
        "edit one that duibiao rules export made, hidden sheets and all",
    )
    return Problem("not_a_table", Place(book.file), what, mend)


_SECTION, _CRITERION, _GRADE = Words("类目", "section"), Words("指标", "criterion"), Words("等级", "grade")


class _Reader:
    def __init__(self, book: Book, shared: Catalogue, old: Mapping[str, Any]) -> None:
        self.book, self.shared, self.old = book, shared, old
        self.all = Gathering()
        self.criteria: list[Entry] = []

    def entries(self, sheet: str) -> list[Entry]:
        return entries(self.book, sheet, self.all.problems)

    def read(self) -> None:
        evidence = ItemReader(self.book, self.shared, self.all)
        evidence.read()
        items = Items(self.shared, self.all.data["catalogue"], self.old.get("catalogue", {}))
        evidence.resolve_wholes(items)
        rules = self.all.data["ruleset"]
        grades = self._identified("grades", self.entries("grades"))
        sections = self._identified("sections", self.entries("sections"))
        self._head(rules, grades)
        rules.setdefault("scoring", {})["grades"] = [
            self.all.record(one, Grade, values_of("grades"), ("ruleset", "scoring", "grades", n))
            | {"id": identifier}
            for n, (identifier, one) in enumerate(grades)
        ]
        rules["sections"] = [
            self.all.record(one, Section, values_of("sections"), ("ruleset", "sections", n))
            | {"id": identifier, "criteria": []}
            for n, (identifier, one) in enumerate(sections)
        ]
        self._criteria(rules, grades)
        self._checks(rules, items)
        self._clauses()

    def _identified(self, sheet: str, rows: list[Entry]) -> list[tuple[str, Entry]]:
        """Each row with its identifier: what is written, or one made from its English title."""
        keys = {row.text("id") for row in rows}
        taken = {row.text("id") for row in rows if row.text("id")}
        found = []
        for row in rows:
            identifier = row.text("id")
            self.all.kept(row, keys)
            if not identifier:
                identifier = proposed(row.text("title.en") or row.text("label.en"), taken)
                taken.add(identifier)
            found.append((identifier, row))
        return found

    def _head(self, rules: dict[str, Any], grades: list[tuple[str, Entry]]) -> None:
        by_key = {
            row.text(KEY) or row.text("key"): row for row in entries_of_head(self.book, self.all.problems)
        }
        known = Known(_GRADE, ((one, row.text("title.zh")) for one, row in grades))
        for inside, field in insides(Ruleset):
            if field.required:
                put(rules, inside, {})
        for scalar in scalars(Ruleset, ""):
            row = by_key.get(scalar.column) or by_key.get(name(scalar.key).zh)
            if row is None:
                if scalar.required and scalar.shape.nullable:
                    put(rules, scalar.path, None)
                continue
            resolve: Resolve = known.resolve if scalar.path == ("scoring", "pass") else str
            self.all.value(row, scalar, rules, ("ruleset",), ("ruleset",), column="value", resolve=resolve)
        if (deductions := rules.get("scoring", {}).get("deductions")) is not None:
            deductions.setdefault("lines", [])

    def _criteria(self, rules: dict[str, Any], grades: list[tuple[str, Entry]]) -> None:
        rows = self.criteria = self.entries("criteria")
        sections = Known(
            SHEETS["sections"],
            ((one["id"], str(one.get("title", {}).get("zh", ""))) for one in rules["sections"]),
        )
        homes = {one["id"]: (n, one["criteria"]) for n, one in enumerate(rules["sections"])}
        titles = Known(
            SHEETS["criteria"], ((row.text("id"), row.text("title.zh")) for row in rows if row.text("id"))
        )
        resolves: dict[str, Resolve] = {
            "requires": titles.resolve,
            "veto_grade": Known(
                name("scoring.grades"), ((one, row.text("title.zh")) for one, row in grades)
            ).resolve,
        }
        taken = present = {row.text("id") for row in rows}
        last: dict[str, str] = {}
        for row in rows:
            text = row.text("section")
            home = (
                sections.resolve(text)
                if text
                else Wrong(
                    "no_section",
                    Words("没有写一级指标", "no section is named"),
                    Words("从下拉表里选", "choose it from the list"),
                )
            )
            if isinstance(home, Wrong):
                self.all.wrong(row, "section", home)
                continue
            self.all.kept(row, present)
            identifier = row.text("id") or following(last.get(home), home, taken)
            taken = taken | {identifier}
            last[home] = identifier
            n, criteria = homes[home]
            path: Path = ("ruleset", "sections", n, "criteria", len(criteria))
            data = self.all.record(row, Criterion, values_of("criteria"), path, resolves)
            criteria.append({**data, "id": identifier})

    def _checks(self, rules: dict[str, Any], items: Items) -> None:
        reader = CheckReader(self.all, items)
        owners = list(_owners(rules))
        known = Known(_CRITERION, [*((one, title) for one, title, *_ in owners), *self._elsewhere()])
        rows: dict[str, list[Entry]] = {}
        for row in self.entries("checks"):
            found = _owner(row.text("owner"), known)
            if isinstance(found, Wrong):
                self.all.wrong(row, "owner", found)
            else:
                rows.setdefault(found, []).append(row)
        for owner, _, model, data, path in owners:
            reader.read(rows.get(owner, ()), model, data, path)
        lines = rows.get(TOTAL.zh)
        if lines:
            data = rules["scoring"].setdefault("deductions", {})
            data.setdefault("lines", [])
            reader.read(lines, Deductions, data, ("ruleset", "scoring", "deductions"))

    def _elsewhere(self) -> Iterator[tuple[str, str]]:
        """Criteria whose own row is gone, or cannot be used: what stands of them among the checks says nothing more."""
        for section in self.old.get("ruleset", {}).get("sections", ()):
            for criterion in section["criteria"]:
                yield criterion["id"], criterion["title"]["zh"]
        for row in self.criteria:
            if row.text("id"):
                yield row.text("id"), row.text("title.zh")

    def _clauses(self) -> None:
        found: list[dict[str, Any]] = []
        by_id: dict[str, tuple[int, dict[str, Any]]] = {}
        for row in self.entries("clauses"):
            if not row.text("item"):
                path: Path = ("clauses", "clauses", len(found))
                clause = self.all.record(row, Clause, _only(Clause), path)
                by_id.setdefault(str(clause.get("id")), (len(found), clause))
                found.append(clause)
                continue
            n, clause = (
                by_id.get(row.text("id"), (-1, {}))
                if row.text("id")
                else (len(found) - 1, found[-1] if found else {})
            )
            if n < 0:
                what = Words(
                    f"分项的条款 {row.text('id')} 不在上面",
                    f"the clause {row.text('id')} of this item does not stand above",
                )
                self.all.problems.append(
                    Problem(
                        "unknown_clause",
                        row.place("id"),
                        what,
                        Words("先写条款，再写分项", "write the clause first"),
                    )
                )
                continue
            items = clause.setdefault("items", [])
            items.append(
                self.all.record(
                    row, ClauseItem, _only(ClauseItem), ("clauses", "clauses", n, "items", len(items))
                )
            )
        self.all.data["clauses"]["clauses"] = found


def entries_of_head(book: Book, problems: list[Problem]) -> list[Entry]:
    """The rows of 总体, those with an empty value too."""
    return entries(book, "head", problems)


def _only(model: Any) -> Any:
    return scalars(model, "clause")


def _owners(rules: Mapping[str, Any]) -> Iterator[tuple[str, str, Any, dict[str, Any], Path]]:
    for s, section in enumerate(rules["sections"]):
        path: Path = ("ruleset", "sections", s)
        yield f"{SHEETS['sections'].zh} [{section['id']}]", "", Section, section, path
        for c, criterion in enumerate(section["criteria"]):
            title = str(criterion.get("title", {}).get("zh", ""))
            yield criterion["id"], title, Criterion, criterion, (*path, "criteria", c)


def _owner(text: str, known: Known) -> str | Wrong:
    if squeezed(text) == squeezed(TOTAL.zh):
        return TOTAL.zh
    if text in known.labels:
        return text
    if not text:
        return Wrong(
            "no_owner",
            Words("没有写指标编号", "no criterion is named"),
            Words("写“指标”表里的编号", "write its id"),
        )
    return known.resolve(text)
