"""A file of limits, read and checked: ``limits.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.errors import InputError, Place, Problem, Words, did_you_mean
from evaluator.limits import CEILINGS, DEFAULTS, KEYS, Limits, least_of, unit_of, written
from evaluator.loading.files import read
from evaluator.loading.settings import limits_file
from evaluator.persons import echo
from evaluator.reading import Source

_LARGEST = 64 * 1024
_HEAD = "limits"
_SCALES = {
    "bytes": {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3},
    "pixels": {"MP": 10**6},
    "number": {},
}
_EXAMPLES = {
    "bytes": Words("写成 64 MB 的样子（B、KB、MB、GB）", "write it as 64 MB (B, KB, MB or GB)"),
    "pixels": Words("写成 120 MP 的样子（百万像素）", "write it as 120 MP (megapixels)"),
    "number": Words("写整数，如 5000", "write a whole number, such as 5000"),
}
_VALUE = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12}) *([A-Za-z]*)")


class Stated(NamedTuple):
    """The limits that hold, and where each that a file states stands; ``file`` is None where there is none."""

    limits: Limits
    places: Mapping[str, Place]
    file: Path | None


def stated_limits() -> Stated:
    """The limits of this machine; raises ``InputError`` with every fault of the file that states them."""
    file = limits_file()
    return Stated(DEFAULTS, {}, None) if file is None else _read(file)


def _read(file: Path) -> Stated:
    source = read(file, _LARGEST)
    problems = [*_faults(source)]
    if problems:
        raise InputError(problems)
    places = source.places()
    values = {key: _value(key, source.data[key]) for key in KEYS if key in source.data}
    limits = DEFAULTS._replace(**{key: value for key, value in values.items() if value is not None})
    return Stated(limits, {key: places[key,] for key in values}, file)


def _faults(source: Source) -> Iterator[Problem]:
    data = source.data
    if not isinstance(data, dict) or data.get(_HEAD) != 1:
        what = Words("不是限度文件：缺少 limits: 1", "no file of limits: it lacks limits: 1")
        mend = Words(
            "第一行写 limits: 1；见 duibiao limits --example",
            "begin it with limits: 1; see duibiao limits --example",
        )
        yield source.problem("format", (_HEAD,) if isinstance(data, dict) else (), what, mend)
        return
    for key, value in data.items():
        if key == _HEAD:
            continue
        if key not in KEYS:
            shown = echo(key)
            what = Words(f"没有叫 {shown} 的限度", f"there is no limit {shown}")
            yield source.problem("extra_forbidden", (key,), what, did_you_mean(key, KEYS))
            continue
        fault = _fault(key, value)
        if fault is not None:
            yield source.problem("value", (key,), *fault)


def _fault(key: str, value: Any) -> tuple[Words, Words] | None:
    unit, number = unit_of(key), _value(key, value)
    if number is None:
        shown = echo(str(value)[:40])
        return Words(
            f"{key} 的值 {shown} 看不懂", f"the value {shown} of {key} is not understood"
        ), _EXAMPLES[unit]
    least, most = least_of(key), getattr(CEILINGS, key)
    if least <= number <= most:
        return None
    lowest, highest = written(least, unit), written(most, unit)
    what = Words(f"{key} 只能在 {lowest} 到 {highest} 之间", f"{key} lies between {lowest} and {highest}")
    mend = Words(
        "再大，内存或程序的栈会不够" if number > most else "再小就什么也读不了",
        "beyond it memory or the stack would not do" if number > most else "below it nothing could be read",
    )
    return what, mend


def _value(key: str, value: Any) -> int | None:
    """The value of a limit as a number; None where it is written in no way that is known, such as a size without its unit."""
    scales = _SCALES[unit_of(key)]
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    found = _VALUE.fullmatch(str(value).strip())
    if found is None or (found[2].upper() not in scales if scales else found[2] != ""):
        return None
    return int(found[1].replace(",", "")) * scales.get(found[2].upper(), 1)
