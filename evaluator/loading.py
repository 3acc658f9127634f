"""The only module that opens files: rules, cases and submissions, read whole or refused with every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from evaluator.catalogue import KINDS, Catalogue, CatalogueFile
from evaluator.checking import (
    Fault,
    case_faults,
    citation_faults,
    clause_faults,
    coverage_faults,
    ruleset_faults,
)
from evaluator.errors import InputError, Place, Problem, RulesetError, SubmissionError, Words, did_you_mean
from evaluator.including import include_faults, joined
from evaluator.model import Model
from evaluator.reading import Source, place_of, read_json, read_yaml
from evaluator.ruleset import Clauses, Ruleset
from evaluator.submission import Submission
from evaluator.submission_faults import submission_faults
from evaluator.validating import validate

if TYPE_CHECKING:
    from evaluator.cases import CaseFile

M = TypeVar("M", bound=Model)

LARGEST_RULE_FILE = 4 * 1024 * 1024
LARGEST_SUBMISSION = 8 * 1024 * 1024
MOST_INCLUDES = 10
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HERE = Path(__file__).resolve().parent
# In a wheel the rules lie inside the package; in a checkout beside it.
RULES = _HERE / "_rules" if (_HERE / "_rules").is_dir() else _HERE.parent / "rules"


class Loaded(NamedTuple):
    """A ruleset with the catalogue it may use and the folder it came from."""

    ruleset: Ruleset
    catalogue: Catalogue
    folder: Path


class Checked(NamedTuple):
    """A ruleset folder as ``rules check`` sees it: what could be read, and every problem."""

    folder: Path
    ruleset: Ruleset | None
    catalogue: Catalogue | None
    cases: CaseFile | None
    problems: tuple[Problem, ...]


def read(path: Path, largest: int) -> Source:
    """The data of a YAML or JSON file of at most ``largest`` bytes."""
    shown = str(path)
    known, content = path.suffix.lower() in (".yaml", ".yml", ".json"), b""
    try:
        if path.is_dir():
            raise IsADirectoryError
        if known and not path.is_file():
            raise FileNotFoundError
        if known:
            with path.open("rb") as file:
                content = file.read(largest + 1)
    except IsADirectoryError:
        what = Words("这是文件夹，不是文件", "this is a folder, not a file")
        raise InputError([Problem("no_file", Place(shown), what)]) from None
    except FileNotFoundError:
        raise InputError(
            [Problem("no_file", Place(shown), Words("找不到文件", "there is no such file"))]
        ) from None
    except (OSError, ValueError):
        raise InputError(
            [Problem("unreadable", Place(shown), Words("文件读不出来", "the file cannot be read"))]
        ) from None
    if not known:
        what = Words("不认识的文件类型", "unknown type of file")
        raise InputError(
            [Problem("file_type", Place(shown), what, Words("用 .yaml 或 .json", "use .yaml or .json"))]
        )
    if len(content) > largest:
        megabytes = largest // 1024 // 1024
        what = Words(f"文件超过 {megabytes} MB", f"the file is larger than {megabytes} MB")
        raise InputError([Problem("file_size", Place(shown), what)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if content.startswith(b"PK") or (b"\0" in content and not content.startswith(_UTF_16)):
            what = Words("这不是文本文件", "this is not a text file")
            mend = Words(
                "表格或文档改了扩展名也不行，要另存为文本",
                "renaming a workbook is not enough: save it as text",
            )
        else:
            what = Words("文件不是 UTF-8 编码", "the file is not UTF-8")
            mend = Words("另存为 UTF-8（记事本：另存为，编码选 UTF-8）", "save it as UTF-8")
        raise InputError([Problem("encoding", Place(shown, line), what, mend)]) from None
    return read_json(text, shown) if path.suffix.lower() == ".json" else read_yaml(text, shown)


def ruleset_ids() -> tuple[str, ...]:
    """The rulesets that come with this installation."""
    return tuple(sorted(path.parent.name for path in RULES.glob("*/ruleset.yaml")))


def find_ruleset(name: str) -> tuple[Path, str | None]:
    """The folder that ``name`` means (an id, ``id@version`` or a folder's path) and the version that it asks for."""
    identifier, _, version = name.partition("@")
    if identifier in ruleset_ids():
        return RULES / identifier, version or None
    folder = Path(name)
    if (folder / "ruleset.yaml").is_file():
        return folder, None
    what, mend = (
        Words(f"没有规则集 {name}", f"there is no ruleset {name}"),
        did_you_mean(identifier, ruleset_ids()),
    )
    if name and folder.is_dir():
        what = Words("文件夹里没有 ruleset.yaml", "the folder has no ruleset.yaml")
        mend = Words("指到规则集自己的文件夹", "name the folder of one ruleset")
    raise RulesetError([Problem("unknown_ruleset", Place(name), what, mend)])


def load_ruleset(name: str) -> Loaded:
    """The ruleset ``name`` (an id, ``id@version`` or a folder); raises ``RulesetError`` with every problem."""
    folder, version = find_ruleset(name)
    loaded = _load(folder.resolve())
    problems = list(other_version(name, version, loaded.ruleset, folder)) if version is not None else []
    if problems:
        raise RulesetError(problems)
    return loaded


def other_version(name: str, version: str, ruleset: Ruleset, folder: Path) -> Iterator[Problem]:
    """A problem where ``name`` asks for another version than that of ``ruleset``."""
    if ruleset.version != version:
        what = Words(
            f"要的是 {name}，这里的版本是 {ruleset.version}",
            f"{name} is asked for; the version here is {ruleset.version}",
        )
        mend = Words(
            f"写成 {ruleset.ruleset}@{ruleset.version}，或不写版本",
            f"write {ruleset.ruleset}@{ruleset.version}, or no version",
        )
        yield Problem("other_version", Place(str(folder)), what, mend)


@lru_cache(maxsize=32)
def _load(folder: Path) -> Loaded:
    problems: list[Problem] = []
    catalogue = _catalogue(folder, problems)
    source = _attempt(folder / "ruleset.yaml", problems)
    ruleset = _typed(Ruleset, source, problems)
    if ruleset is not None and source is not None and catalogue is not None:
        problems.extend(_placed(ruleset_faults(ruleset, catalogue), source))
        problems.extend(_misnamed(ruleset, folder, source))
    if problems or ruleset is None or catalogue is None:
        raise RulesetError(problems)
    return Loaded(ruleset, catalogue, folder)


def check_ruleset(folder: Path) -> Checked:
    """Every problem of a ruleset's folder: ruleset, catalogue, clauses and cases."""
    from evaluator.cases import CaseFile  # noqa: PLC0415 - scoring reads no cases

    problems: list[Problem] = []
    catalogue = _catalogue(folder, problems)
    sources = {name: _attempt(folder / f"{name}.yaml", problems) for name in ("ruleset", "clauses", "cases")}
    ruleset = _typed(Ruleset, sources["ruleset"], problems)
    clauses = _typed(Clauses, sources["clauses"], problems)
    cases = _typed(CaseFile, sources["cases"], problems)
    if ruleset is not None and catalogue is not None and sources["ruleset"] is not None:
        faults = list(ruleset_faults(ruleset, catalogue))
        if clauses is not None and sources["clauses"] is not None:
            faults.extend(citation_faults(ruleset, clauses))
            problems.extend(_placed(clause_faults(ruleset, clauses), sources["clauses"]))
        if cases is not None and sources["cases"] is not None:
            faults.extend(coverage_faults(ruleset, cases))
            problems.extend(_placed(case_faults(ruleset, cases, catalogue), sources["cases"]))
        problems.extend(_placed(faults, sources["ruleset"]))
        problems.extend(_misnamed(ruleset, folder, sources["ruleset"]))
    return Checked(folder, ruleset, catalogue, cases, RulesetError(problems).problems)


def repeated_criteria(checked: Iterable[Checked]) -> tuple[Problem, ...]:
    """Criterion ids that stand in two rulesets."""
    owners: dict[str, Path] = {}
    found = []
    for one in checked:
        for _, _, criterion in one.ruleset.criteria() if one.ruleset is not None else ():
            owner = owners.setdefault(criterion.id, one.folder)
            if owner != one.folder:
                what = Words(
                    f"指标 {criterion.id} 也在 {owner.name} 中",
                    f"the criterion {criterion.id} also stands in {owner.name}",
                )
                found.append(Problem("repeated_id", Place(str(one.folder / "ruleset.yaml")), what))
    return tuple(found)


def load_cases(folder: Path) -> CaseFile:
    """The worked cases of a ruleset's folder."""
    from evaluator.cases import CaseFile  # noqa: PLC0415

    try:
        return validate(CaseFile, read(folder / "cases.yaml", LARGEST_RULE_FILE))
    except InputError as error:
        raise RulesetError(error.problems) from None


def case_place(folder: Path, number: int) -> Place:
    """Where the case with this position stands in the folder's ``cases.yaml``."""
    source = read(folder / "cases.yaml", LARGEST_RULE_FILE)
    return place_of(("cases", number), source.places(), source.file)


@lru_cache(maxsize=1)
def shared_catalogue() -> Catalogue:
    """The catalogue shared by all rulesets."""
    problems: list[Problem] = []
    catalogue = _merged(_files(RULES / "catalogue"), problems)
    if problems or catalogue is None:
        raise RulesetError(problems)
    return catalogue


def _files(folder: Path) -> Iterator[Path]:
    for kind in KINDS:
        path = folder / f"{kind}.yaml"
        if path.is_file():
            yield path


def _catalogue(folder: Path, problems: list[Problem]) -> Catalogue | None:
    own = folder / "catalogue.yaml"
    beside = folder.parent / "catalogue"
    shared = beside if beside.is_dir() else RULES / "catalogue"
    if not own.is_file() and shared == RULES / "catalogue":
        try:
            return shared_catalogue()
        except RulesetError as error:
            problems.extend(error.problems)
            return None
    return _merged([*_files(shared), *([own] if own.is_file() else [])], problems)


def _merged(paths: Iterable[Path], problems: list[Problem]) -> Catalogue | None:
    items: dict[str, dict[str, object]] = {kind: {} for kind in KINDS}
    owners: dict[str, str] = {}
    before = len(problems)
    sources: list[tuple[Source, CatalogueFile]] = []
    for path in paths:
        source = _attempt(path, problems)
        file = _typed(CatalogueFile, source, problems)
        if source is None or file is None:
            continue
        sources.append((source, file))
        for kind in KINDS:
            for name, item in getattr(file, kind).items():
                if name in owners:
                    what = Words(
                        f"目录标识 {name} 已在 {owners[name]} 中",
                        f"the item {name} already stands in {owners[name]}",
                    )
                    problems.append(source.problem("repeated_id", (kind, name), what))
                owners[name] = Path(source.file).name
                items[kind][name] = item
    for source, file in sources:
        for name, count in file.counts.items():
            for n, whole in enumerate(count.at_most):
                if whole not in items["counts"]:
                    what = Words(f"目录中没有数据项 {whole}", f"the catalogue has no count {whole}")
                    mend = did_you_mean(whole, items["counts"])
                    problems.append(
                        source.problem("unknown_item", ("counts", name, "at_most", n), what, mend)
                    )
    return None if len(problems) > before else Catalogue.model_construct(None, catalogue=1, **items)  # type: ignore[arg-type]  # each kind has its own


def load_submission(path: Path | str, catalogue: Catalogue | None = None) -> Submission:
    """The submission in ``path`` with what it includes; raises ``SubmissionError`` with every problem.

    ``catalogue`` is the shared one unless a ruleset has items of its own.
    """
    known = catalogue or shared_catalogue()
    problems: list[Problem] = []
    submission = _one_submission(Path(path), known, problems)
    if submission is None:
        raise SubmissionError(problems)
    source = _attempt(Path(path), [], LARGEST_SUBMISSION)
    if len(submission.includes) > MOST_INCLUDES and source is not None:
        what = Words(f"includes 超过 {MOST_INCLUDES} 个", f"more than {MOST_INCLUDES} includes")
        problems.append(source.problem("many_includes", ("includes",), what))
    merged = submission
    for n, name in enumerate(submission.includes[:MOST_INCLUDES]):
        wanted = Path(name)
        if wanted.is_absolute() and source is not None:
            what = Words("includes 只能写相对路径", "includes are relative paths")
            problems.append(source.problem("absolute_include", ("includes", n), what))
            continue
        other = _one_submission(Path(path).parent / wanted, known, problems, submission.subject.kind)
        if other is not None:
            clashes = list(include_faults(merged, other))
            beside = _attempt(Path(path).parent / wanted, [], LARGEST_SUBMISSION) if clashes else None
            problems.extend(_placed(clashes, beside) if beside is not None else ())
            merged = joined(merged, other)
    if not problems and merged is not submission and source is not None:
        # Each file is sound alone: what is wrong now contradicts across files.
        problems.extend(_placed(submission_faults(merged, known, submission.subject.kind), source))
    if problems:
        raise SubmissionError(problems)
    return merged


def _one_submission(
    path: Path, catalogue: Catalogue, problems: list[Problem], kind: str | None = None
) -> Submission | None:
    # What a street states for its communities is evidence of theirs: ``kind`` is the kind of who includes it.
    source = _attempt(path, problems, LARGEST_SUBMISSION)
    submission = _typed(Submission, source, problems)
    if submission is not None and source is not None:
        problems.extend(
            _placed(submission_faults(submission, catalogue, kind or submission.subject.kind), source)
        )
    return submission


def _attempt(path: Path, problems: list[Problem], largest: int = LARGEST_RULE_FILE) -> Source | None:
    try:
        return read(path, largest)
    except InputError as error:
        problems.extend(error.problems)
        return None


def _typed(model: type[M], source: Source | None, problems: list[Problem]) -> M | None:
    if source is None:
        return None
    try:
        return validate(model, source)
    except InputError as error:
        problems.extend(error.problems)
        return None


def _placed(faults: Iterable[Fault], source: Source) -> list[Problem]:
    found = list(faults)
    places = source.places() if found else {}
    return [Problem(one.code, place_of(one.path, places, source.file), one.what, one.mend) for one in found]


def _misnamed(ruleset: Ruleset, folder: Path, source: Source) -> Iterator[Problem]:
    if folder.resolve().name != ruleset.ruleset:
        what = Words(
            f"文件夹名 {folder.resolve().name} 与规则集标识 {ruleset.ruleset} 不一致",
            f"the folder {folder.resolve().name} is not named after the ruleset {ruleset.ruleset}",
        )
        yield source.problem("folder_name", ("ruleset",), what)
