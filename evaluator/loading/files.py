"""Files → data: YAML and JSON, of a bounded size, with every fault placed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from evaluator.errors import Fault, InputError, Place, Problem, Words
from evaluator.guarding import persons_in_text
from evaluator.limits import in_force, raising, unit_of, written
from evaluator.loading.unpacked import called as shown
from evaluator.model import Model
from evaluator.reading import Source, place_of, read_json, read_yaml
from evaluator.validating import no_more_than_anyone_reads, validate

M = TypeVar("M", bound=Model)

TEXTS = (".yaml", ".yml", ".json")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


Largest = str | int


def contents(path: Path, largest: Largest) -> bytes:
    """The bytes of a file of at most ``largest`` bytes: a limit by its key, or a bound that nobody has to raise.

    Raises ``InputError`` where it cannot be read.
    """
    most = bytes_of(largest)
    try:
        if is_folder(path):
            raise IsADirectoryError
        if not path.is_file():
            raise FileNotFoundError
        with path.open("rb") as file:
            content = file.read(most + 1)
    except IsADirectoryError:
        raise refused(path, "no_file", "这是文件夹，不是文件", "this is a folder, not a file") from None
    except FileNotFoundError:
        raise refused(path, "no_file", "找不到文件", "there is no such file") from None
    except (OSError, ValueError):
        raise refused(path, "unreadable", "文件读不出来", "the file cannot be read") from None
    if len(content) > most:
        size = written(most, "bytes")
        mend = raising(largest) if isinstance(largest, str) else None
        raise refused(path, "file_size", f"文件超过 {size}", f"the file is larger than {size}", mend)
    return content


def bytes_of(largest: Largest) -> int:
    """How many bytes ``largest`` is."""
    if isinstance(largest, int):
        return largest
    assert unit_of(largest) == "bytes"
    most: int = getattr(in_force(), largest)
    return most


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; a name that cannot be one is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Whether ``path`` is a file; a name that cannot be one is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def refused(path: Path | str, code: str, zh: str, en: str, mend: Words | None = None) -> InputError:
    """The refusal of a whole file."""
    return InputError([Problem(code, Place(shown(path)), Words(zh, en), mend)])


def unknown_type(path: Path | str, kinds: Words) -> InputError:
    """The refusal of a file whose name's ending is none of ``kinds``."""
    return refused(path, "file_type", "不认识的文件类型", "unknown type of file", kinds)


def read(path: Path, largest: Largest, *, guarded: bool = False) -> Source:
    """The data of a YAML or JSON file of at most ``largest`` bytes; ``guarded`` as for ``read_text``."""
    if path.suffix.lower() not in TEXTS and not is_folder(path):
        raise unknown_type(path, Words("用 .yaml 或 .json", "use .yaml or .json"))
    items = "rule_items" if largest == "largest_rule_file" else "most_items"
    return read_text(contents(path, largest), shown(path), guarded=guarded, items=items)


def read_text(content: bytes, name: str, *, guarded: bool = False, items: str = "most_items") -> Source:
    """The data of a YAML or JSON file's bytes; the ending of ``name``, that is shown in problems, says which.

    ``items`` is the limit of how many may stand in it. ``guarded`` adds to what keeps a text from being parsed whatever
    in it concerns a person.
    """
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
        raise InputError([Problem("encoding", Place(name, line), what, mend)]) from None
    try:
        return (
            read_json(text, name, items) if name.lower().endswith(".json") else read_yaml(text, name, items)
        )
    except InputError as error:
        persons = persons_in_text(text, name) if guarded else []
        raise InputError([*error.problems, *persons]) from None


def attempt(path: Path, problems: list[Problem], largest: Largest = "largest_rule_file") -> Source | None:
    """The data of ``path``; None where it cannot be read, with what is wrong added to ``problems``."""
    try:
        return read(path, largest)
    except InputError as error:
        problems.extend(error.problems)
        return None


def typed(model: type[M], source: Source | None, problems: list[Problem]) -> M | None:
    """``source`` as ``model``; None where it is none, with every fault added to ``problems``."""
    if source is None:
        return None
    try:
        return validate(model, source)
    except InputError as error:
        problems.extend(error.problems)
        return None


def placed(faults: Iterable[Fault], source: Source) -> list[Problem]:
    """``faults`` as problems, each at its place in ``source``."""
    found = no_more_than_anyone_reads(faults)
    places = source.places() if found else {}
    return [Problem(one.code, place_of(one.path, places, source.file), one.what, one.mend) for one in found]
