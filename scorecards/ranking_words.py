"""The words of a ranking: reasons, integrity findings, counts that may be hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from types import MappingProxyType

from scorecards import labels
from scorecards.labels import Pairs
from scorecards.wording import Json, Line, Wording

REASONS: Pairs = MappingProxyType(
    {
        "veto_failed": ("一票否决未过", "a veto failed"),
        "nothing_applies": ("没有适用指标", "nothing applies"),
        "veto_open": ("一票否决待定", "a veto is open"),
        "grade_open": ("等级未定", "the grade is undecided"),
        "acceptance_open": ("达标与否未定", "acceptance is undecided"),
    }
)
INTEGRITY: Pairs = MappingProxyType(
    {
        "period_length": ("评估期长度不符", "length of the period"),
        "outside_effective": ("评估期在规则适用时间之外", "period outside the time in force"),
        "as_of_after_period": ("数据截止日晚于评估期", "data date after the period"),
        "as_of_before_period": ("数据截止日早于评估期", "data date before the period"),
        "after_as_of": ("佐证晚于数据截止日", "evidence after the data date"),
        "outside_period": ("活动在评估期外", "events outside the period"),
        "document_outside_period": ("文件不属本评估期", "documents of another period"),
        "reversed_validity": ("文件失效早于印发", "documents that expired before they were issued"),
        "repeated_event": ("活动重复", "repeated events"),
        "same_day": ("同一天有多项", "several on one day"),
        "statement_without_files": ("申报为是而无附件", "a yes without a file"),
        "count_jump": ("数据突变", "a count that jumped"),
        "late_document": ("文件晚于期限", "documents after the deadline"),
        "file_shared": ("一份文件多处使用", "one file for several events"),
        "same_content": ("不同文件内容相同", "the same content twice"),
        "similar_photographs": ("照片相似", "photographs alike"),
        "photograph_date": ("照片日期不符", "dates of photographs"),
        "photograph_place": ("照片带拍摄地点", "photographs that tell a place"),
        "photograph_owner": ("照片带设备或作者信息", "photographs that tell an owner"),
        "file_absent": ("缺所写的文件", "files missing"),
        "file_unnamed": ("有未写明的文件", "files that nothing names"),
        "unsupported_yes": ("申报为是而无佐证", "a yes without support"),
        "set_aside": ("填报有误、暂不计分", "items set aside"),
        "rating_of_other": ("自评了其他规则的指标", "self-ratings of other criteria"),
    }
)
MIXED: Pairs = MappingProxyType(
    {
        "stage": ("阶段", "stage"),
        "period": ("评估期", "period"),
        "as_of": ("数据截止日", "data date"),
        "kind": ("单位类型", "kind"),
    }
)
DIRECT = ("（本级直属或未填下级）", "(in no part of it)")
UNSTATED = ("（未填地区）", "(no region stated)")


def integrity(one: Json, say: Wording) -> str:
    """A code of an integrity finding in words; a code that is new keeps its name."""
    return say.pick(INTEGRITY.get(one["code"], (one["code"], one["code"])))


def number_of(count: int | str, say: Wording) -> str:
    """A count within a sentence, whether it is told or not."""
    if isinstance(count, int):
        return str(count)
    return say("不足 10", "fewer than 10") if count == "<10" else say("至少 10", "at least 10")


def units(count: int | str, say: Wording) -> str:
    """A number of subjects within a sentence."""
    return say(f"{number_of(count, say)} 个", number_of(count, say))


def counted(words: str, count: int | str, say: Wording) -> str:
    """What there are, and how many: 等级未定 12 个, the grade is undecided: 12."""
    return say(f"{words} {units(count, say)}", f"{words}: {number_of(count, say)}")


def grade_title(name: str | None, document: Json, say: Wording) -> str:
    """The title of a grade; a dash where it is undecided."""
    titles = {one["id"]: one["title"] for one in document["ruleset"]["grades"]}
    return "—" if name is None else say.line(titles[name]).text


def section_title(name: str, document: Json, say: Wording) -> str:
    """The title of a section."""
    return next(say.line(one["title"]).text for one in document["ruleset"]["sections"] if one["id"] == name)


def criterion_title(name: str, document: Json, say: Wording) -> Line:
    """Clause and title of a criterion; its id where the ruleset has none such."""
    found = document["ruleset"]["criteria"].get(name)
    if found is None:
        return Line(name)
    return say.standard(f"{found['clause']} {say.line(found['title']).text}".strip())


def criteria_titles(names: Iterable[str], document: Json, say: Wording) -> str:
    """The titles of several criteria."""
    return say.join(criterion_title(name, document, say).text for name in names)


def pass_grade(document: Json) -> Json:
    """The grade that acceptance needs."""
    found: Json = next(
        one for one in document["ruleset"]["grades"] if one["id"] == document["ruleset"]["pass"]
    )
    return found


def place_name(path: list[str], say: Wording) -> str:
    """The lowest part of a region's path."""
    if not path:
        return say("全部", "All")
    if path[-1]:
        return path[-1]
    return say.pick(DIRECT if len(path) > 1 else UNSTATED)


def split_regions(document: Json) -> list[Json]:
    """The regions of the first level that has several with scores told; empty where none has."""
    for depth in range(1, document["depth"] + 1):
        level = [one for one in document["regions"] if len(one["path"]) == depth and one["path"][-1]]
        if len(level) > 1:
            return [one for one in level if one["floor"] is not None]
    return []


def region_name(path: Iterable[str], say: Wording) -> str:
    """A region's whole path."""
    parts = [one for one in path if one]
    return (("" if say.lang == "zh" else ", ").join(parts)) or "—"


def reason(one: Json, document: Json, say: Wording) -> str:
    """Why a subject is not ranked, in full: 一票否决未过：六（二） …."""
    words = say.pick(REASONS[one["code"]])
    if "criteria" in one:
        return words + say.colon + criteria_titles(one["criteria"], document, say)
    if "grades" in one:
        low, high = (grade_title(name, document, say) for name in one["grades"])
        if low == high:
            return words
        return words + say.colon + say(f"可能是{low}至{high}", f"between {low} and {high}")
    return words


def mixed_value(of: str, value: list[str] | None, say: Wording) -> str:
    """A stage, period, data date or kind in words."""
    if value is None:
        return say("其他", "others")
    if of == "stage":
        return say.pick(labels.STAGES.get(value[0], (value[0], value[0])))
    if of == "kind":
        return say.pick(labels.SUBJECTS.get(value[0], (value[0], value[0])))
    return say.span(*value) if of == "period" else say.date(value[0])


def short_words(one: Json, say: Wording) -> str:
    """How far subjects fall short of one thing: 文明楼组缺口中位数 2 个、最大 9 个."""
    return _short(one, say, *_SHORT_BY.get(one["by"].partition("_")[0], ("缺口", "short")), "", "、")


def short_figures(one: Json, say: Wording) -> str:
    """How far subjects fall short of one thing, under a head that says so: 文明楼组：中位数 2 个，最大 9 个."""
    return _short(one, say, *_SHORT_BY.get(one["by"].partition("_")[0], ("", "short")), "：", "，")


def _short(one: Json, say: Wording, zh: str, en: str, colon: str, comma: str) -> str:
    label, unit = say.line(one["label"]).text, say.line(one["unit"]).text
    if one["median"] == one["max"]:
        return say(
            f"{label}{colon}{zh}中位数和最大都是 {one['max']} {unit}",
            f"{label}: {one['max']} {unit} {en} in the median and at most",
        )
    return say(
        f"{label}{colon}{zh}中位数 {one['median']} {unit}{comma}最大 {one['max']} {unit}",
        f"{label}: {one['median']} {unit} {en} in the median, {one['max']} at most",
    )


_SHORT_BY = {"fewer": ("超出", "too many"), "late": ("延迟", "late")}


def width_of(text: str) -> int:
    """How many columns of a fixed face ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
