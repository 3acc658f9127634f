"""Findings → sentences, in Chinese and English: what was measured, required, short, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from evaluator.catalogue import Catalogue, CountItem, DocumentItem, EventItem
from evaluator.errors import Words
from evaluator.exact import Exact, Number, decimal, percent
from evaluator.finding import Finding, Requirement

_COMPARED: dict[str, Words] = {
    "at_least": Words("不低于 {}", "at least {}"),
    "at_most": Words("不高于 {}", "at most {}"),
    "above": Words("高于 {}", "above {}"),
    "below": Words("低于 {}", "below {}"),
    "equals": Words("等于 {}", "equal to {}"),
}
_COUNTED: dict[str, Words] = {
    "at_least": Words("不少于 {}", "at least {}"),
    "at_most": Words("不超过 {}", "at most {}"),
    "above": Words("多于 {}", "more than {}"),
    "below": Words("少于 {}", "fewer than {}"),
    "equals": Words("等于 {}", "exactly {}"),
}
_EVERY: dict[str, Words] = {
    "month": Words("每月", "each month"),
    "quarter": Words("每季度", "each quarter"),
    "half_year": Words("每半年", "each half-year"),
    "year": Words("每年", "each year"),
    "period": Words("评估期内", "in the period"),
}
_FORMS: dict[str, Words] = {
    "all": Words("各项都达标", "all members hold"),
    "any": Words("至少一项达标", "one member holds"),
    "of": Words("至少 {} 项达标", "at least {} members hold"),
    "each": Words("每个{}都达标", "every {} holds"),
}
_DIRECTIONS: dict[str, Words] = {
    "falls": Words("较上期下降", "falls against the period before"),
    "rises": Words("较上期上升", "rises against the period before"),
    "not_above": Words("不高于上期", "not above the period before"),
    "not_below": Words("不低于上期", "not below the period before"),
}
_REASONS: dict[str, Words] = {
    "met": Words("达到要求", "The requirement is met."),
    "missing": Words("尚未提交：{items}", "Not submitted yet: {items}."),
    "closed": Words("未提交：{items}，本阶段按未达标计", "Not submitted: {items}; closed at this stage."),
    "zero_denominator": Words("{items}为 0，无从计算比例", "{items} is 0, so there is no ratio."),
    "small_sample": Words("样本不足 {0}，由人工判定", "The sample is below {0}: a person decides."),
    "undated_documents": Words("有文件没有写明日期，由人工判定", "A document has no date: a person decides."),
    "open_period": Words("评估期尚未结束，还可以补足", "The period is not over: this can still change."),
    "open_windows": Words("有时段尚未到期，未到期前不扣分", "Some windows are still open."),
    "missed_windows": Words(
        "有时段次数不足，且已过期，不能补办", "Some windows were missed and cannot be made up."
    ),
    "no_window": Words(
        "评估期内没有完整的时段，由人工判定", "The period holds no whole window: a person decides."
    ),
    "said_no": Words("申报为“否”", "Stated as no."),
    "unsupported_yes": Words("申报为“是”，但没有附佐证", "Stated as yes, without support."),
    "not_rated": Words("等待检查人员评定档次", "Waits for an inspector's level."),
    "rated": Words("检查人员评为第 {0} 档", "An inspector rated it level {0}."),
    "from_zero": Words("上期为 0，变化幅度无从计算，由人工判定", "The period before is 0: a person decides."),
    "otherwise": Words("单位属性为 {0}", "The subject's attribute is {0}."),
    "no_member_applies": Words("各项均不适用", "No member applies."),
    "open_members": Words("部分成员尚未判定", "Some members are undecided."),
    "members_short": Words("部分成员未达标", "Some members do not hold."),
    "deducted": Words("按扣分规则计算", "Points were deducted."),
    "best": Words("取得分最高的一种情形", "The best alternative counts."),
    "required_failed": Words("前提指标未达标：{items}", "A required criterion is not satisfied: {items}."),
    "required_open": Words("前提指标尚未判定：{items}", "A required criterion is undecided: {items}."),
    "no_such_day": Words("评估期内没有 {0} 这一天，由人工判定", "The period holds no {0}: a person decides."),
    "none_found": Words("没有符合要求的文件", "No document qualifies."),
    "none_said": Words("申报为没有此类文件", "Stated that there is none."),
    "after_as_of": Words("文件日期晚于数据截止日", "The document is dated after the data date."),
    "late": Words("印发于 {0}，晚于期限 {1}", "Issued on {0}, after the deadline {1}."),
    "parts_missing": Words("文件缺少内容：{parts}", "The document lacks: {parts}."),
    "not_attached": Words("文件没有附件", "The document has no attachment."),
    "expired": Words("文件已于 {0} 失效", "The document expired on {0}."),
    "of_another_year": Words(
        "年度文件印发于 {0}，不在本评估期", "An annual document of {0}, outside this period."
    ),
    "outside_period": Words("文件印发于 {0}，不在本评估期", "Issued on {0}, outside this period."),
    "undated": Words("文件没有写明印发日期，由人工判定", "The document has no issue date: a person decides."),
    "no_term": Words("文件没有写明有效期，由人工判定", "The document states no term: a person decides."),
}
# What met a condition or a document says more than "met".
_MET: dict[str, Words] = {
    "statement": Words("申报为“是”", "Stated as yes."),
    "document": Words("有符合要求的文件", "A document qualifies."),
    "deduct": Words("没有扣分", "Nothing was deducted."),
    "cadence": Words("各时段次数均已足够", "Every window holds enough."),
}


class Wording:
    """Words findings with a catalogue's labels and the titles of a ruleset's criteria."""

    def __init__(self, catalogue: Catalogue, titles: Mapping[str, Words]) -> None:
        self.catalogue, self.titles = catalogue, titles

    def label(self, name: str) -> Words:
        """The label of an evidence item."""
        title = self.catalogue.label(name)
        return Words(title.zh, title.en)

    def unit(self, name: str) -> Words:
        """The unit of a count; events and documents are counted as 次 and 份."""
        item = self.catalogue.counts.get(name)
        if isinstance(item, CountItem):
            return Words(item.unit.zh, item.unit.en)
        return Words("份", "documents") if name in self.catalogue.documents else Words("次", "times")

    def measured(self, finding: Finding) -> Words | None:
        """What was measured; None where nothing was."""
        measure = finding.measured
        if finding.kind == "statement":
            said = {
                "said_no": Words("否", "no"),
                "met": Words("是", "yes"),
                "unsupported_yes": Words("是", "yes"),
            }
            return said.get(finding.reason)
        if finding.kind == "document":
            return self._document_measured(finding)
        if finding.kind == "subject":
            return (
                Words(finding.details[0], finding.details[0])
                if finding.credit and finding.waits is None
                else None
            )
        if measure is None:
            return None
        if finding.kind == "ratio":
            (_, n), (_, d) = measure.parts
            share = (
                "–"
                if finding.reason == "zero_denominator"
                else percent(Fraction(n) / d, self._limits(finding))
            )
            return Words(f"{share}（{decimal(n)}/{decimal(d)}）", f"{share} ({decimal(n)} of {decimal(d)})")
        if finding.kind == "cadence":
            missed = measure.denominator - measure.numerator
            return Words(
                f"{measure.denominator} 个时段中 {measure.numerator} 个已达到",
                f"{measure.numerator} of {measure.denominator} windows met"
                + ("" if missed else ", all of them"),
            )
        if finding.kind == "group":
            n, d = measure.numerator, measure.denominator
            return Words(f"{d} 项中 {n} 项达标", f"{n} of {d} members hold")
        if finding.kind == "rating":
            return Words(f"第 {measure.numerator} 档", f"level {measure.numerator}")
        if finding.kind == "change":
            (_, now), (_, before) = measure.parts
            return Words(
                f"本期 {decimal(now)}，上期 {decimal(before)}", f"{decimal(now)}, before {decimal(before)}"
            )
        return self._number(measure.numerator, finding)

    def _document_measured(self, finding: Finding) -> Words | None:
        if finding.reason == "met":
            return Words("有", "there is one")
        return Words("没有", "none") if finding.waits != "evidence" and not finding.closed else None

    def _number(self, number: Number, finding: Finding) -> Words:
        unit = self.unit(finding.of[0])
        shown = decimal(number)
        return Words(f"{shown} {unit.zh}", f"{shown} {unit.en}")

    def _limits(self, finding: Finding) -> tuple[Fraction, ...]:
        return finding.required.values() if finding.required is not None else ()

    def required(self, finding: Finding) -> Words | None:
        """What was required; None for kinds that only combine."""
        requirement = finding.required
        if requirement is None:
            return None
        words = _REQUIRED.get(requirement.code)
        return words(self, requirement, finding) if words is not None else None

    def shortfall(self, finding: Finding) -> Words | None:
        """How far short, in what a person can do (or that nothing can be done any more)."""
        short = finding.shortfall
        if short is None:
            return None
        words = self._shortfall(finding)
        if short.possible:
            return words
        return Words(f"{words.zh}（本期已不能补）", f"{words.en} (can no longer be made up in this period)")

    def _shortfall(self, finding: Finding) -> Words:
        short = finding.shortfall
        assert short is not None
        amount = decimal(short.amount)
        if short.code == "windows":
            missed, open_ = short.details
            todo = Words(f"再举办 {amount} 次", f"hold {amount} more") if open_ != "0" else Words("", "")
            lost = (
                Words(f"已有 {missed} 个时段未达到", f"{missed} window{_s(missed)} missed")
                if missed != "0"
                else Words("", "")
            )
            return Words(
                "，".join(filter(None, (todo.zh, lost.zh))), "; ".join(filter(None, (todo.en, lost.en)))
            )
        if short.code == "members":
            kind = self.label(short.of) if short.of else Words("项", "members")
            return Words(
                f"还差 {amount} 个{kind.zh}" if short.of else f"还差 {amount} 项",
                f"{amount} more {kind.en}" if short.of else f"{amount} more member{_s(amount)}",
            )
        if short.code == "statement":
            return Words("落实后申报为“是”", "put it in place, then state yes")
        if short.code == "document":
            by = short.details[0]
            return (
                Words(f"印发文件，期限 {by}", f"issue the document by {by}")
                if by
                else Words("印发文件", "issue the document")
            )
        if short.code == "not_attached":
            return Words("补充附件", "attach the document")
        if short.code == "parts_missing":
            parts = self.parts(short.of, short.details)
            return Words(f"补充内容：{parts.zh}", f"add: {parts.en}")
        if short.code == "level":
            return Words(f"再提高 {amount} 档", f"rise by {amount} level{_s(amount)}")
        return self._more_or_fewer(finding)

    def _more_or_fewer(self, finding: Finding) -> Words:
        short = finding.shortfall
        assert short is not None
        amount = decimal(short.amount)
        if "beyond" in short.details:
            amount = f"> {amount}"
        kind = self.catalogue.kind_of(short.of)
        item = self.catalogue.items(kind)[short.of] if kind else None
        unit, label = self.unit(short.of), self.label(short.of)
        if short.code == "fewer":
            return Words(
                f"超出 {amount} {unit.zh}（{label.zh}）", f"{amount} {unit.en} too many ({label.en})"
            )
        if isinstance(item, CountItem | EventItem) and item.action is not None:
            return Words(item.action.zh.replace("{n}", amount), item.action.en.replace("{n}", amount))
        if isinstance(item, EventItem):
            return Words(f"再举办 {amount} 次（{label.zh}）", f"hold {amount} more ({label.en})")
        return Words(f"再增加 {amount} {unit.zh}（{label.zh}）", f"{amount} more {unit.en} ({label.en})")

    def parts(self, document: str, parts: tuple[str, ...]) -> Words:
        """The contents that a document must state, by their labels."""
        item = self.catalogue.documents.get(document)
        known = item.parts if isinstance(item, DocumentItem) else {}
        zh = "、".join(known[part].zh if part in known else part for part in parts)
        en = ", ".join(known[part].en if part in known else part for part in parts)
        return Words(zh, en)

    def _short_reason(self, finding: Finding) -> Words:
        if finding.shortfall is not None and finding.shortfall.code == "fewer":
            return Words("超过要求的数量", "The number is above what is allowed.")
        return Words("未达到要求的数量", "The required number is not reached.")

    def reason(self, finding: Finding) -> Words:
        """Why the finding is as it is."""
        words = _REASONS.get(finding.reason)
        if finding.reason == "met":
            words = _MET.get(finding.kind, words)
        if finding.reason == "short":
            return self._short_reason(finding)
        assert words is not None, finding.reason
        labels = [self.titles[name] if name in self.titles else self.label(name) for name in finding.details]
        filled = {
            "items": Words("、".join(one.zh for one in labels), ", ".join(one.en for one in labels)),
            "parts": self.parts(finding.of[0] if finding.of else "", finding.details),
        }
        zh = _fill(words.zh, {key: value.zh for key, value in filled.items()}, finding.details)
        en = _fill(words.en, {key: value.en for key, value in filled.items()}, finding.details)
        prefix = f"{finding.label}:" if finding.label else ""
        return Words(prefix + zh, f"{finding.label}: {en}" if finding.label else en)


def _s(number: str) -> str:
    return "" if number == "1" else "s"


def _fill(text: str, named: Mapping[str, str], details: tuple[str, ...]) -> str:
    for key, value in named.items():
        text = text.replace("{" + key + "}", value)
    for position, value in enumerate(details):
        text = text.replace("{" + str(position) + "}", value)
    return text


def _limits_text(limits: tuple[tuple[str, Exact], ...], unit: Words) -> Words:
    table = _COUNTED if unit.zh else _COMPARED
    zh = [table[name].zh.format(str(limit) + ("" if limit.percent else unit.zh)) for name, limit in limits]
    en = [table[name].en.format(str(limit) + ("" if limit.percent else unit.en)) for name, limit in limits]
    return Words("，".join(zh), " and ".join(en))


def _graded_text(requirement: Requirement, unit: Words) -> Words:
    if requirement.scale is not None:
        start, end = requirement.scale
        return Words(f"从 {start} 到 {end} 按比例计分", f"credit rises from {start} to {end}")
    if requirement.steps:
        steps = [(_limits_text(((name, limit),), unit), credit) for name, limit, credit in requirement.steps]
        zh = "；".join(f"{words.zh}得 {percent(credit)}" for words, credit in steps)
        return Words(
            f"分档：{zh}",
            "steps: " + "; ".join(f"{words.en} earns {percent(credit)}" for words, credit in steps),
        )
    return _limits_text(requirement.limits, unit)


def _ratio(wording: Wording, requirement: Requirement, finding: Finding) -> Words:
    part, whole = (wording.label(name) for name in finding.of)
    asked = _graded_text(requirement, Words("", ""))
    joint = "" if requirement.limits else "："
    return Words(f"{part.zh}占{whole.zh}{joint}{asked.zh}", f"{part.en} ÷ {whole.en}: {asked.en}")


def _quantity(wording: Wording, requirement: Requirement, finding: Finding) -> Words:
    name = finding.of[0]
    unit, label = wording.unit(name), wording.label(name)
    asked = _graded_text(requirement, Words(f" {unit.zh}", f" {unit.en}"))
    joint = "" if requirement.limits else "："
    return Words(f"{label.zh}{joint}{asked.zh}", f"{label.en}: {asked.en}")


def _cadence(wording: Wording, requirement: Requirement, finding: Finding) -> Words:
    every, needed, months = requirement.details
    words, label = _EVERY[every], wording.label(finding.of[0])
    zh = f"{label.zh}{words.zh}至少 {needed} 次" + (
        f"（限 {months.replace(',', '、')} 月）" if months else ""
    )
    en = f"{label.en}: at least {needed} {words.en}" + (f" (months {months})" if months else "")
    if requirement.steps or requirement.scale:
        graded = _graded_text(requirement, Words(" 个时段", " windows"))
        return Words(f"{zh}；{graded.zh}", f"{en}; {graded.en}")
    return Words(zh, en)


def _document(wording: Wording, requirement: Requirement, finding: Finding) -> Words:
    state, deadline, attachment, *parts = requirement.details
    zh, en = [], []
    if state == "in_force":
        zh.append("现行有效")
        en.append("in force")
    if state == "issued":
        zh.append("在评估期内印发")
        en.append("issued in the period")
    if deadline:
        zh.append(f"不晚于 {deadline} 印发")
        en.append(f"issued by {deadline}")
    if attachment:
        zh.append("附件齐全")
        en.append("attached")
    if parts:
        words = wording.parts(finding.of[0], tuple(part.split(".", 1)[1] for part in parts))
        zh.append(f"内容包括{words.zh}")
        en.append(f"stating {words.en}")
    label = wording.label(finding.of[0])
    return Words(f"{label.zh}：{'，'.join(zh)}", f"{label.en}: {', '.join(en)}")


def _statement(wording: Wording, requirement: Requirement, finding: Finding) -> Words:
    label = wording.label(finding.of[0])
    support = requirement.details[0]
    return Words(
        label.zh + ("，并附佐证" if support else ""), label.en + (", with support" if support else "")
    )


def _rating(_wording: Wording, requirement: Requirement, _finding: Finding) -> Words:
    best, *levels = requirement.details
    texts = {level: (zh, en) for level, zh, en in (line.split("\t") for line in levels)}
    zh, en = texts[best]
    return Words(f"第 {best} 档：{zh}", f"level {best}: {en or zh}")


def _change(_wording: Wording, requirement: Requirement, _finding: Finding) -> Words:
    words = _DIRECTIONS[requirement.details[0]]
    if not requirement.limits:
        return words
    limit = requirement.limits[0][1]
    at_least = requirement.details[0] in ("falls", "rises")
    if at_least:
        return Words(f"{words.zh}至少 {limit}", f"{words.en} by at least {limit}")
    return Words(f"{words.zh}，允许相差 {limit}", f"{words.en}, give or take {limit}")


def _subject(_wording: Wording, requirement: Requirement, _finding: Finding) -> Words:
    name, *values = requirement.details
    return Words(f"单位属性 {name} 为 {'、'.join(values)}", f"{name} is {' or '.join(values)}")


def _group(wording: Wording, requirement: Requirement, _finding: Finding) -> Words:
    form, wanted, unit = requirement.details
    words = _FORMS[form]
    if requirement.steps or requirement.scale:
        return _graded_text(requirement, Words(" 项", " members"))
    label = wording.label(unit) if unit else Words("", "")
    return Words(words.zh.format(label.zh or wanted), words.en.format(label.en or wanted))


def _requires(wording: Wording, requirement: Requirement, _finding: Finding) -> Words:
    titles = [wording.titles.get(name, Words(name, name)) for name in requirement.details]
    zh = "、".join(one.zh for one in titles)
    return Words(f"前提指标达标：{zh}", f"required first: {', '.join(one.en for one in titles)}")


def _each(wording: Wording, requirement: Requirement, _finding: Finding) -> Words:
    label = wording.label(requirement.details[0])
    return Words(
        f"每有一{wording.unit(requirement.details[0]).zh}{label.zh}扣分", f"each of {label.en} loses points"
    )


def _best_of(_wording: Wording, requirement: Requirement, _finding: Finding) -> Words:
    points = requirement.details
    return Words(
        f"几种情形取最高，各得 {'、'.join(points)} 分", f"the best alternative: {', '.join(points)} points"
    )


def _deduct(_wording: Wording, _requirement: Requirement, _finding: Finding) -> Words:
    return Words("从满分起按情形扣分", "deductions from full points")


_REQUIRED: dict[str, Callable[[Wording, Requirement, Finding], Words]] = {
    "ratio": _ratio,
    "quantity": _quantity,
    "cadence": _cadence,
    "document": _document,
    "statement": _statement,
    "rating": _rating,
    "change": _change,
    "subject": _subject,
    "group": _group,
    "requires": _requires,
    "each": _each,
    "best_of": _best_of,
    "deduct": _deduct,
}
