"""From JSON lines to checked submissions: the goal is 200 µs of processor time each with the person guard, and its parts.

The submissions are those of ``benchmarks.submissions``. ``alike``: their titles repeat as they do when thousands report on
the same ruleset, and what is proven of a text once is remembered. ``all_different``: nearly no title or note stands twice,
nothing is remembered, and each text is longer, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any

import orjson
import pytest

from benchmarks.submissions import ruleset, submissions
from evaluator.catalogue import Catalogue
from evaluator.fast_lane import permitted_by, submission_in_json
from evaluator.fast_lane.texts import FILE_NAMES, LINES, MARKS, Texts
from evaluator.fast_lane.written import written_in
from evaluator.guarding import persons_of
from evaluator.loading import read_line, submission_in
from evaluator.loading.fast_reading import fast
from evaluator.reading import read_json
from evaluator.submission import Submission, in_order
from evaluator.submission_faults import submission_faults
from evaluator.validating import validate

pytestmark = pytest.mark.benchmark(timer=time.process_time)

NUMBER = 200
RULES = "bench-100"
NAME = "all.jsonl"
DOING = "联合 组织 开展 围绕 结合 依托 面向 深入 推进 做好 落实 协同 发动 邀请".split()
WHERE = "辖区单位 物业企业 老旧小区 新建小区 沿街商户 学校周边 便民市场 公园广场 居民小组 院落 楼组 网格 文化站 卫生站".split()
WHAT = "隐患整改 文明劝导 政策解读 绿化维护 环境整治 义诊服务 阅读推广 技能培训 志愿清扫 经验交流 问卷调查".split()
END = "并形成记录 已归档 有照片 由社区承办 与街道共同举办 覆盖全部院落 居民反响良好 计划每季度一次 后续跟进 已公示".split()


def varied(one: dict[str, Any], dice: Random) -> dict[str, Any]:
    """``one`` with longer titles and numbers, and with notes, hardly any of which stands twice."""

    def some(words: list[str]) -> str:
        return dice.choice(words)

    for event in one["events"]:
        year, month = event["date"][:4], int(event["date"][5:7])
        event["title"] = (
            f"{year}年{month}月{some(WHERE)}{event['title']}：{some(DOING)}{some(WHERE)}{some(WHAT)}，{some(END)}"
        )
    for paper in one["documents"]:
        paper["title"] = f"{some(WHERE)}{paper['title']}（{some(DOING)}{some(WHAT)}部分）"
        paper["number"] = (
            f"{some(['社', '街', '区', '市'])}发〔{dice.randint(2020, 2025)}〕{dice.randint(1, 400)}号"
        )
        if paper.get("contains"):
            paper["page"] = f"第{dice.randint(1, 30)}页"
    for statement in one["statements"]:
        statement["note"] = (
            f"{some(DOING)}{some(WHERE)}{some(WHAT)}，{some(END)}；{some(DOING)}{some(WHAT)}，{some(END)}。"
        )
    one["sources"] = {name: f"{some(WHERE)}台账第{dice.randint(1, 90)}页" for name in [*one["counts"]][:8]}
    return one


@cache
def catalogue() -> Catalogue:
    return ruleset(RULES).catalogue


@cache
def written(kind: str) -> tuple[bytes, ...]:
    """``NUMBER`` submissions, as JSON lines."""
    made: Iterator[dict[str, Any]] = submissions(ruleset(RULES), NUMBER)
    if kind == "all_different":
        made = (varied(one, Random(n)) for n, one in enumerate(made))
    return tuple(map(orjson.dumps, made))


def forget() -> None:
    """Nothing is known of any text any more."""
    for known in (LINES, FILE_NAMES, MARKS):
        known.proven.clear()


def measured(
    benchmark: Any,
    kind: str,
    work: Callable[[Any], Any],
    inputs: Any,
    rounds: int = 10,
    *,
    new: bool | None = None,
) -> None:
    """``work`` on each of ``inputs``, with the processor time of one; all texts are ``new`` where they differ."""

    def all_of_them() -> None:
        for one in inputs:
            work(one)

    benchmark.pedantic(
        all_of_them,
        setup=forget if (kind == "all_different" if new is None else new) else None,
        rounds=rounds,
        warmup_rounds=1,
    )
    benchmark.extra_info["µs_a_submission"] = round(benchmark.stats.stats.min * 1e6 / len(inputs))
    benchmark.extra_info["bytes_a_submission"] = sum(map(len, written(kind))) // NUMBER


KINDS = pytest.mark.parametrize("kind", ["alike", "all_different"])


@KINDS
def test_reading_json_lines(benchmark: Any, kind: str) -> None:
    """All of it, the guard included; every one takes the fast lane."""
    assert all(fast(line, NAME, catalogue()) is not None for line in written(kind))
    measured(benchmark, kind, lambda line: read_line(line, NAME, catalogue(), 1), written(kind))


@KINDS
def test_reading_them_with_care(benchmark: Any, kind: str) -> None:
    """The same by the reader behind the fast lane: it reads the same."""
    first = written(kind)[0]
    assert submission_in(first, "one.json", catalogue()) == read_line(first, NAME, catalogue(), 1)
    measured(benchmark, kind, lambda line: submission_in(line, "one.json", catalogue()), written(kind), 3)


@KINDS
@pytest.mark.parametrize("part", ["decode", "type", "guard"])
def test_a_part_of_the_fast_lane(
    benchmark: Any, kind: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decoding to typed entries; that and checking, without a look at texts; the guard alone, of every text as if it were new."""
    permitted = permitted_by(catalogue())
    if part == "decode":
        assert all(written_in(line) is not None for line in written(kind))
        measured(benchmark, kind, written_in, written(kind))
        return

    def typed(line: bytes) -> Submission:
        return submission_in_json(line, permitted)

    if part == "guard":
        proving: list[Texts] = []

        def keep(texts: Texts) -> None:
            proving.append(texts)

        monkeypatch.setattr(Texts, "prove", keep)
        forget()
        for line in written(kind):
            typed(line)
        monkeypatch.undo()
        assert len(proving) == len(written(kind))
        measured(benchmark, kind, Texts.prove, proving, new=True)
        return
    monkeypatch.setattr(Texts, "prove", lambda _texts: None)
    assert all(isinstance(typed(line), Submission) for line in written(kind))
    measured(benchmark, kind, typed, written(kind))


@KINDS
@pytest.mark.parametrize("part", ["decode", "guard", "validate", "faults", "order"])
def test_a_part_of_the_careful_reader(benchmark: Any, kind: str, part: str) -> None:
    """What the fast lane spares."""
    texts = [line.decode() for line in written(kind)]
    sources = [read_json(text, NAME) for text in texts]
    typed = [validate(Submission, source) for source in sources]
    assert not any(persons_of(source, catalogue()).problems for source in sources)
    assert not any(fault for one in typed for fault in submission_faults(one, catalogue(), one.subject.kind))
    works: dict[str, tuple[Callable[[Any], Any], list[Any]]] = {
        "decode": (lambda text: read_json(text, NAME), texts),
        "guard": (lambda source: persons_of(source, catalogue()), sources),
        "validate": (lambda source: validate(Submission, source), sources),
        "faults": (lambda one: list(submission_faults(one, catalogue(), one.subject.kind)), typed),
        "order": (in_order, typed),
    }
    measured(benchmark, kind, *works[part], rounds=3)
