"""An assessment by itself: its shape, its digest, its numbers; and beside the rules and evidence that are given. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluator.assessment_document import SEMANTICS, VERSION
from evaluator.errors import Fault, Words
from evaluator.verifying.anew import Difference, differences
from evaluator.verifying.answer import Line, wrong
from evaluator.verifying.contradiction import Json, shown
from evaluator.verifying.digesting import ALGORITHMS, algorithm_of, own_digest
from evaluator.verifying.recounting import recounted
from evaluator.verifying.shape import shape_faults


def placed(faults: Iterable[Fault]) -> list[Words]:
    """Faults as sentences that name their places."""
    found = []
    for one in faults:
        where = ".".join(str(part) for part in one.path)
        head = "" if not where or where in one.what.en else f"{where}: "
        found.append(Words(head + one.what.zh, head + one.what.en))
    return found


def shape_lines(data: Any) -> list[Line]:
    """Whether ``data`` is an assessment; nothing else can be looked at where it is none."""
    found = placed(shape_faults(data))
    if found:
        return wrong(
            "shape", found, head=Words("评估结果的格式不对：", "the assessment is not of its format: ")
        )
    return [
        Line(
            "shape",
            "agrees",
            Words("评估结果的格式合乎公布的 JSON Schema", "the assessment fits its published JSON Schema"),
        )
    ]


def digest_lines(document: Json) -> list[Line]:
    """Whether the assessment is the one that its digest was made of."""
    stated = document["digest"]
    algorithm = algorithm_of(stated)
    made = None if algorithm is None else own_digest(dict(document), algorithm)
    if made is None:
        listed = "、".join(ALGORITHMS)
        words = Words(
            f"校验码的算法本机不能计算（可用：{listed}）",
            f"its digest cannot be made on this machine ({listed})",
        )
        return [Line("digest", "unknown", words, "unverified")]
    if made != stated:
        what = Words(
            "评估结果与它自己的校验码不符，写出之后被改动过",
            "the assessment does not match its own digest: it was altered",
        )
        return wrong("digest", [what])
    words = Words(
        f"评估结果与校验码一致（{stated[:19]}…）", f"the assessment matches its digest ({stated[:19]}…)"
    )
    return [Line("digest", "agrees", words)]


def recount_lines(document: Json) -> list[Line]:
    """Whether every number follows from the findings that are attached."""
    if document["engine"]["semantics"] != SEMANTICS:
        return []
    found = [one.words() for one in recounted(document)]
    if found:
        return wrong("recount", found, head=Words("数对不上：", "the numbers do not follow: "))
    number = sum(len(one["findings"]) for one in document["criteria"])
    zh = f"总分、等次和 {len(document['criteria'])} 项指标的得分都能由所附的 {number} 条检查结果重新算出"
    en = f"score, grade and the points of {len(document['criteria'])} criteria follow from the {number} findings attached"
    return [Line("recount", "agrees", Words(zh, en))]


def engine_lines(document: Json) -> list[Line]:
    """What can be said of the program that made the assessment."""
    stated = document["engine"]
    if stated["semantics"] != SEMANTICS:
        zh = f"由判定办法第 {shown(stated['semantics'])} 版的程序作出，本机是第 {SEMANTICS} 版，不能重算"
        en = f"it was judged with semantics {shown(stated['semantics'])}; here are {SEMANTICS}: it cannot be recounted"
        return [Line("engine", "unknown", Words(zh, en), "unverified")]
    if stated["version"] != VERSION:
        zh = f"由程序 {shown(stated['version'])} 版作出，本机是 {VERSION} 版，判定办法相同"
        en = f"it was made by version {shown(stated['version'])}, here is {VERSION}, of the same semantics"
        return [Line("engine", "agrees", Words(zh, en))]
    return []


def rules_lines(document: Json, given: tuple[str, str, str], *, asked: bool) -> list[Line]:
    """The rules of the assessment beside ``given`` (id, version, digest), which were ``asked`` for or are just at hand."""
    own = document["ruleset"]
    name, held = f"{own['id']}@{own['version']}", f"{given[0]}@{given[1]}"
    if own["digest"] == given[2]:
        words = Words(
            f"所依规则 {name} 与{'所给' if asked else '本机'}的相同",
            f"its rules, {name}, are those {'given' if asked else 'on this machine'}",
        )
        return [Line("rules", "agrees", words)]
    zh = f"所依的是 {name}（{own['digest'][:19]}…），{'所给' if asked else '本机'}的是 {held}（{given[2][:19]}…）"
    en = f"it was made under {name} ({own['digest'][:19]}…); {'given' if asked else 'here'} is {held} ({given[2][:19]}…)"
    if asked:
        return [Line("rules", "wrong", Words(f"所依规则不同：{zh}", f"other rules: {en}"), "other_rules")]
    return [Line("rules", "unknown", Words(f"规则未核对：{zh}", f"the rules were not verified: {en}"))]


def unknown_rules(document: Json) -> Line:
    """That nobody holds the rules here."""
    name = f"{document['ruleset']['id']}@{document['ruleset']['version']}"
    return Line(
        "rules",
        "unknown",
        Words(
            f"本机没有规则 {name}，未核对；用 --rules 给出",
            f"its rules, {name}, are not here: give them with --rules",
        ),
    )


def other_inputs(document: Json, submission: str, package: str | None, reviews: Sequence[str]) -> list[Words]:
    """Which of the inputs that are given are not those that the assessment names."""
    own = document["submission"]
    found = []
    if own["digest"] != submission:
        zh = f"这是另一份申报：评分表所依的是 {own['digest'][:19]}…，所给的是 {submission[:19]}…"
        en = f"this is another submission: the scorecard was made from {own['digest'][:19]}…, given is {submission[:19]}…"
        found.append(Words(zh, en))
    elif own.get("package") is not None and package is not None and own["package"] != package:
        found.append(Words("随申报的文件不是当时的那些", "the files of the submission are not those of then"))
    if [one["digest"] for one in document["reviews"]] != list(reviews):
        stated = "、".join(f"{one['stage']} {one['digest'][:19]}…" for one in document["reviews"]) or "—"
        found.append(
            Words(
                f"所给的复核不是评分表所依的（{stated}）",
                f"the reviews given are not those it was made with ({stated})",
            )
        )
    return found


def evidence_lines(document: Json, made: Json) -> list[Line]:
    """The assessment beside ``made``, which the same evidence comes to under the same rules."""
    found = [one for one in differences(document, made) if not _of_files(one, document, made)]
    numbers, texts = [one for one in found if not one.worded], [one for one in found if one.worded]
    if document["engine"]["version"] != VERSION and not numbers and texts:
        words = Words(
            "判定相同，有的用语因程序版本不同而不同",
            "judged alike; some words differ with the version of the program",
        )
        return [Line("evidence", "agrees", words)]
    if found:
        return wrong("evidence", [one.words() for one in (*numbers, *texts)])
    words = Words(
        "由申报材料从头重评，各项判定和得分全部一致",
        "judged anew from the submission: every verdict and every point agree",
    )
    return [Line("evidence", "agrees", words)]


def _of_files(one: Difference, document: Json, made: Json) -> bool:
    """Whether a difference is only that the files came with the one and not with the other."""
    alone = (document["submission"].get("files") is None) != (made["submission"].get("files") is None)
    return alone and (
        one.path[:2] in (("submission", "files"), ("submission", "package")) or one.path[:1] == ("integrity",)
    )
