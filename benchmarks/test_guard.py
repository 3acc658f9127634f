"""The person guard: the goal is at most 10 ms for a submission of 60 KB, and time in proportion to length for any text."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from evaluator.errors import Place
from evaluator.guarding import persons_of
from evaluator.loading import shared_catalogue
from evaluator.persons import found_in, persons_in
from evaluator.persons.name_shapes import weight
from evaluator.persons.names import _may_be_of_a_list
from evaluator.reading import Source, read_yaml

EXAMPLE = Path(__file__).parents[1] / "examples" / "kunming-model-community" / "borderline.yaml"
SIZE = 60_000
HOSTILE = ["1", "1 ", "1-", "1*", "一", "①", "a@", "张三、", "张 ", "身份证", "姓名：", "微信："]


def ordinary() -> Source:
    """An example, its entries repeated until the text has 60 KB."""
    text = EXAMPLE.read_text(encoding="utf-8")
    source = read_yaml(text, EXAMPLE.name)
    times = SIZE // len(text.encode()) + 1
    data = copy.deepcopy(source.data)
    for kind in ("events", "documents", "statements"):
        data[kind] = [copy.deepcopy(one) for _ in range(times) for one in data[kind]]
    return source._replace(data=data, text=text * times)


def wordy() -> Source:
    """As large, and nearly all of it Chinese prose in notes and titles: lists, days, numbers of papers, a comment on each."""
    note = "2025年3月12日在便民服务大厅开展宣传、教育、培训，社发〔2025〕12号，参加居民代表42人，汉族、彝族、回族、白族共1200户；"
    lines = [
        f"  - {{id: E{n}, title: '{note * 3}'}}  # {note}" for n in range(SIZE // len((note * 4).encode()))
    ]
    return read_yaml("events:\n" + "\n".join(lines) + "\n", "wordy.yaml")


def varied() -> Source:
    """As large, and few words twice: the catalogue's documents."""
    path = Path(__file__).parents[1] / "rules" / "catalogue" / "documents.yaml"
    text = path.read_bytes()[:SIZE].decode(errors="ignore")
    return read_yaml(text[: text.rindex("\n  ")], path.name)


@pytest.mark.parametrize("made", [ordinary, wordy, varied])
def test_guarding_a_submission_of_60_kilobytes(benchmark: Any, made: Any) -> None:
    """Keys, values and comments of a parsed source, with nothing remembered of the words in it."""
    source, catalogue = made(), shared_catalogue()
    assert SIZE * 0.9 < len(source.text.encode()) < SIZE * 1.2

    def forget() -> None:
        weight.cache_clear()
        _may_be_of_a_list.cache_clear()

    found = benchmark.pedantic(persons_of, (source, catalogue), setup=forget, rounds=100)
    assert found.problems == []


def test_guarding_a_sheet_of_three_thousand_cells(benchmark: Any) -> None:
    """Cells alone, as columns and rows, and below their headings."""
    words = ["矛盾纠纷排查", "2025-03-12", "1200", "社发〔2025〕12号", "已公示", "姓名"]
    cells = [(Place("form.xlsx", n // 10 + 1, n % 10 + 1, "数据"), words[n % 5]) for n in range(3000)]
    assert benchmark(lambda: persons_in(cells)) == []


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_one_piece_over_and_over(benchmark: Any, piece: str) -> None:
    """The worst of each kind of pattern: milliseconds for a thousand characters, whatever they are."""
    text = piece * (1_000_000 // len(piece))
    found = benchmark.pedantic(lambda: list(found_in(text)), rounds=1)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    benchmark.extra_info["µs_a_character"] = round(benchmark.stats.stats.median * 1e6 / len(text), 3)
