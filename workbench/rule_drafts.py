"""Rule files under revision: begun from a version, edited file by file, checked and tried as a folder of their own."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Row, insert, select, update

from evaluator.catalogue import KINDS, Catalogue
from evaluator.errors import InputError, Place, Problem, RulesetError, Words
from evaluator.guarding import persons_of
from evaluator.limits import in_force, raising
from evaluator.loading import RULES, Checked, Loaded, check_ruleset, load_ruleset, places_in, shared_catalogue
from evaluator.loading.files import read_text
from evaluator.loading.rulesets import catalogue_folder, shared_beside
from evaluator.loading.scratch import scratch, sweep
from evaluator.loading.version_edits import begun, with_passage
from evaluator.loading.version_files import FILE
from evaluator.persons import PERSON_CODES, persons_in
from evaluator.revising import difference
from evaluator.ruleset import Clauses
from evaluator.testing.running import ran, usable
from evaluator.testing.wording import difference_words
from evaluator.validating import validate
from evaluator.versions import Passage, ordered
from workbench import rulesets
from workbench.audit import Deed, Doer
from workbench.storage.database import Transaction
from workbench.storage.tables import rule_drafts
from workbench.visits import Refused, not_found

# What is edited here; ``versions.yaml`` is written when a version is published.
FILES = {
    "ruleset.yaml": Words("规则", "Rules"),
    "cases.yaml": Words("用例", "Cases"),
    "clauses.yaml": Words("条款", "Clauses"),
    "catalogue.yaml": Words("自有佐证", "Own evidence"),
    "trace.yaml": Words("原文核对", "Trace"),
}
NEEDED = ("ruleset.yaml", "cases.yaml", "clauses.yaml")
STATES = {
    "draft": Words("修改中", "being edited"),
    "proposed": Words("待批准", "waits for approval"),
    "published": Words("已发布", "published"),
    "withdrawn": Words("已作废", "discarded"),
}
LONGEST_REASON = 2000
_PREFIX = "duibiao-draft-"
_STATED = re.compile(r"^version:\s*[\"']?(\d+\.\d+\.\d+)[\"']?\s*(#.*)?$", re.MULTILINE)


class RuleDraft(NamedTuple):
    """The files of a ruleset under revision. ``login`` saved them last; ``reason`` is why it was proposed or sent back."""

    id: int
    ruleset: str
    base_version: str
    files: dict[str, str]
    version: int
    state: str
    login: str
    reason: str
    proposed_by: str | None
    decided_by: str | None
    changed_at: str

    @property
    def object(self) -> str:
        """How the audit log calls it."""
        return f"rule_draft:{self.id}"

    @property
    def stated_version(self) -> str | None:
        """The version that the rules give themselves; None where they state none that can be read."""
        found = _STATED.search(self.files.get("ruleset.yaml", ""))
        return found[1] if found else None

    def with_text(self, name: str, text: str) -> RuleDraft:
        """The same with another text in the file ``name``; an empty one that is not needed is left out."""
        files = {one: self.files[one] for one in self.files if one != name}
        if text.strip() or name in NEEDED:
            files[name] = text
        return self._replace(files={one: files[one] for one in FILES if one in files})


_COLUMNS = [rule_drafts.c[name] for name in RuleDraft._fields]


def _draft(row: Row[Any]) -> RuleDraft:
    found = RuleDraft(*tuple(row))
    return found._replace(files=orjson.loads(found.files))  # type: ignore[arg-type]  # the text in the column


def find(connection: Connection, identifier: int) -> RuleDraft:
    """The draft with this number; raises ``Refused`` where there is none."""
    row = connection.execute(select(*_COLUMNS).where(rule_drafts.c.id == identifier)).one_or_none()
    if row is None:
        raise not_found()
    return _draft(row)


def listed(connection: Connection, ruleset: str | None = None) -> list[RuleDraft]:
    """The drafts of a ruleset, or of all, the latest first."""
    query = select(*_COLUMNS).order_by(rule_drafts.c.id.desc())
    if ruleset is not None:
        query = query.where(rule_drafts.c.ruleset == ruleset)
    return [_draft(row) for row in connection.execute(query)]


def begin(change: Transaction, doer: Doer, ruleset: str) -> int:
    """A new draft with the files of the version in force; its number."""
    version = rulesets.newest(ruleset)
    if version is None:
        raise not_found()
    folder = rulesets.rules(ruleset, version).folder
    files = {
        name: (folder / name).read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        for name in FILES
        if (folder / name).is_file()
    }
    found = change.execute(
        insert(rule_drafts).values(
            ruleset=ruleset,
            base_version=version,
            files=_kept(files),
            state="draft",
            login=doer.login,
            changed_at=change.now,
        )
    )
    number = int(found.inserted_primary_key[0])
    change.tell(
        doer, Deed("rules.begin", f"rule_draft:{number}", detail={"ruleset": ruleset, "from": version})
    )
    return number


def _kept(files: dict[str, str]) -> str:
    return orjson.dumps(files).decode()


class Conflict(Exception):
    """Somebody else saved the draft since it was opened: ``other`` is what stands there now."""

    def __init__(self, other: RuleDraft) -> None:
        super().__init__(other.object)
        self.other = other


def save(change: Transaction, doer: Doer, draft: RuleDraft, name: str, text: str, seen: int) -> RuleDraft:
    """Keep ``text`` as the file ``name``.

    Raises ``Conflict`` where the draft was saved since ``seen``, ``InputError`` where the text concerns a person.
    """
    if draft.state != "draft":
        raise Refused(
            409, Words("已经提交批准或发布，不能再改", "it was proposed or published: it does not change")
        )
    if draft.version != seen and draft.files.get(name, "") != text:
        raise Conflict(draft)
    _refuse_persons(name, text)
    made = draft.with_text(name, text)
    if made.files == draft.files:
        change.tell(doer, Deed("rules.save", draft.object, detail={"file": name, "changed": False}))
        return draft
    change.execute(
        update(rule_drafts)
        .where(rule_drafts.c.id == draft.id)
        .values(files=_kept(made.files), version=draft.version + 1, login=doer.login, changed_at=change.now)
    )
    digest = f"sha256:{sha256(text.encode()).hexdigest()}"
    change.tell(
        doer,
        Deed(
            "rules.save", draft.object, detail={"file": name, "digest": digest, "version": draft.version + 1}
        ),
    )
    return made._replace(version=draft.version + 1, login=doer.login, changed_at=change.now)


def _refuse_persons(name: str, text: str) -> None:
    content = text.encode()
    most = in_force().largest_rule_file
    if len(content) > most:
        what = Words("文件太大", "the file is too large")
        raise InputError([Problem("file_size", Place(name), what, raising("largest_rule_file"))])
    try:
        source = read_text(content, name, guarded=True, items="rule_items")
        found = persons_of(source, Catalogue()).problems
    except InputError as error:
        found = [one for one in error.problems if one.code in PERSON_CODES]
    if found:
        raise InputError(found)


def reason_given(text: str, place: Words, *, needed: bool = True) -> str:
    """A reason as it is kept; raises ``InputError`` where it is missing, too long or concerns a person."""
    reason = " ".join(text.split())
    where = Place(place.zh)
    if needed and not reason:
        raise InputError([Problem("no_reason", where, Words("没有写理由", "no reason is given"))])
    if len(reason) > LONGEST_REASON:
        what = Words(f"不超过 {LONGEST_REASON} 字", f"at most {LONGEST_REASON} characters")
        raise InputError([Problem("long_text", where, what)])
    if not reason.isprintable():
        what = Words("有不能显示的字符", "it has characters that cannot be shown")
        raise InputError([Problem("unprintable", where, what)])
    persons = persons_in([(where, reason)])
    if persons:
        raise InputError(persons)
    return reason


@contextmanager
def laid_out(draft: RuleDraft, day: date) -> Iterator[Path]:
    """A folder of this process alone that holds the draft as the engine reads rules, its version recorded as a draft."""
    newest = _in_force(draft)
    parent = Path(tempfile.gettempdir())
    # What a server that was killed left there.
    sweep(parent, _PREFIX)
    with scratch(parent, _PREFIX) as top:
        folder = top / draft.ruleset
        folder.mkdir()
        for name, text in draft.files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        _lay_catalogue(newest.folder, top)
        recorded = newest.folder / FILE
        text = recorded.read_text(encoding="utf-8-sig") if recorded.is_file() else begun(folder)
        version = draft.stated_version
        listed_ = {one.version for one in newest.versions.versions} if newest.versions else set()
        if version is not None and version not in listed_:
            text = with_passage(text, version, Passage(state="draft", on=day))
        (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
        yield folder


def _in_force(draft: RuleDraft) -> Loaded:
    version = rulesets.newest(draft.ruleset)
    assert version is not None, "a draft is begun from a version"
    return rulesets.rules(draft.ruleset, version)


def _lay_catalogue(source: Path, top: Path) -> None:
    """The catalogue beside the rules, where it is not the installed one: of a bundle only if that lacks something of it."""
    shared = catalogue_folder(source)
    if shared == RULES / "catalogue":
        return
    installed = shared_catalogue()
    if all(installed.kind_of(name) is not None for _, name, _ in shared_beside(source).all()):
        return
    (top / "catalogue").mkdir()
    for kind in KINDS:
        path = shared / f"{kind}.yaml"
        if path.is_file():
            (top / "catalogue" / path.name).write_bytes(path.read_bytes())


class Examined(NamedTuple):
    """A draft as ``rules check`` sees it: problems and warnings by the files of the draft."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def first_code(self) -> str | None:
        """The code of the first problem."""
        return self.problems[0].code if self.problems else None


def examined(draft: RuleDraft, day: date) -> Examined:
    """Every problem of the draft, and what is only worth a look; nothing is kept."""
    with laid_out(draft, day) as folder:
        found = check_ruleset(folder)
    return Examined(tuple(told(draft, found.problems)), tuple(told(draft, found.warnings)))


def told(draft: RuleDraft, problems: Iterable[Problem]) -> Iterator[Problem]:
    """``problems`` of a draft's folder by the names of its files; those of the recorded versions stand at the version."""
    for one in problems:
        parts = one.place.file.split("/")
        name = "/".join(parts[-2:]) if parts[-2:-1] == ["catalogue"] else parts[-1]
        place = one.place._replace(file=name)
        if name == FILE:
            place = Place("ruleset.yaml", _line_of_version(draft))
        yield one._replace(place=place)


def _line_of_version(draft: RuleDraft) -> int | None:
    text = draft.files.get("ruleset.yaml", "")
    found = re.search(r"^version:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else None


def clauses_of(draft: RuleDraft) -> dict[str, str]:
    """The ids of the clauses with their headings; none where the file cannot be read."""
    try:
        source = read_text(draft.files.get("clauses.yaml", "").encode(), "clauses.yaml", items="rule_items")
        found = validate(Clauses, source)
    except InputError:
        return {}
    return {one.id: one.heading for one in found.clauses}


class CaseRun(NamedTuple):
    """A case as it came out: its name, the criterion that it is of, its line, and what it has otherwise than it says."""

    name: str
    criterion: str
    line: int | None
    differences: tuple[Words, ...]


def cases_of(draft: RuleDraft, day: date) -> list[CaseRun]:
    """Every case of the draft, those that fail first; raises ``InputError`` where they cannot be judged."""
    with laid_out(draft, day) as folder:
        found = check_ruleset(folder)
        if not usable(found.ruleset, found.catalogue, found.cases):
            raise InputError(told(draft, found.problems))
        return _runs(found)


def _runs(checked: Checked) -> list[CaseRun]:
    ruleset, catalogue, cases = checked.ruleset, checked.catalogue, checked.cases
    assert ruleset is not None
    assert catalogue is not None
    assert cases is not None
    every = ran(cases, ruleset, catalogue)
    places = places_in(checked.folder, "cases", (("cases", one.number) for one in every))
    runs = [
        CaseRun(
            one.case.name,
            one.case.criterion or "",
            place.line,
            tuple(difference_words(each, ruleset) for each in one.differences),
        )
        for one, place in zip(every, places, strict=True)
    ]
    return sorted(runs, key=lambda one: not one.differences)


@contextmanager
def readable(draft: RuleDraft, day: date) -> Iterator[tuple[Loaded, Loaded]]:
    """The version in force and the draft, to be compared; raises ``InputError`` where the draft cannot be read."""
    with laid_out(draft, day) as folder:
        try:
            found = load_ruleset(str(folder), in_work=True)
        except RulesetError as error:
            raise InputError(told(draft, error.problems)) from None
        yield _in_force(draft), found


def revision(draft: RuleDraft, day: date) -> dict[str, Any]:
    """What changed in meaning from the version in force to the draft, as ``rules diff`` tells it."""
    with readable(draft, day) as (old, new):
        return difference((old.ruleset, old.catalogue), (new.ruleset, new.catalogue))


def version_problems(draft: RuleDraft, found: dict[str, Any]) -> Iterator[Problem]:
    """Why the version of the draft is not raised as its changes need; ``found`` is its ``revision``."""
    step, mine = found["version"], found["new"]["version"]
    place = Place("ruleset.yaml", _line_of_version(draft))
    highest = rulesets.versions(draft.ruleset)[-1]
    if ordered(mine) <= ordered(highest):
        what = Words(f"版本号 {mine} 不高于已有的 {highest}", f"the version {mine} is not above {highest}")
        mend = Words(f"改成 {step['next']}", f"write {step['next']}") if step["next"] else None
        yield Problem("version_not_raised", place, what, mend)
    elif step["enough"] is False:
        yield Problem("version_not_raised", place, Words(step["text"]["zh"], step["text"]["en"]))


class Changed(NamedTuple):
    """A line of a difference of texts: ``sign`` is a blank, ``+``, ``-`` or ``@`` where lines were left out."""

    sign: str
    text: str


def changed_lines(before: str, after: str) -> list[Changed]:
    """The lines that differ, with some around them; none where nothing does."""
    found = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2))[2:]
    return [Changed(one[0], one[1:] if one[0] != "@" else one) for one in found]


def text_changes(draft: RuleDraft) -> dict[str, list[Changed]]:
    """The changed lines of each file against the version in force."""
    folder = _in_force(draft).folder
    found = {}
    for name in FILES:
        path = folder / name
        before = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n") if path.is_file() else ""
        lines = changed_lines(before, draft.files.get(name, ""))
        if lines:
            found[name] = lines
    return found
