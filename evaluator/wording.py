"""Findings → sentences, in Chinese and English: what was measured, required, short, and why."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from evaluator.catalogue import Catalogue, CountItem, DocumentItem, EventItem
from evaluator.errors import Words
from evaluator.exact import Number, decimal, percent
from evaluator.finding import Finding, Requirement
from evaluator.required_wording import LATE_UNITS, attribute_words, required_words

_REASONS: dict[str, Words] = {
    "met": Words("达到要求", "The requirement is met."),
    "missing": Words("尚未提交：{items}", "Not submitted yet: {items}."),
    "closed": Words("未提交：{items}，本阶段按未达标计", "Not submitted: {items}; closed at this stage."),
    "rejected": Words("所报未被采信：{items}", "What was submitted was not accepted: {items}."),
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
    "otherwise": Words("单位属性为{0}", "The subject's attribute is {0}."),
    "no_member_applies": Words("各项均不适用", "No member applies."),
    "open_members": Words("部分成员尚未判定", "Some members are undecided."),
    "members_short": Words("部分成员未达标", "Some members do not hold."),
    "deducted": Words("按扣分规则计算", "Points were deducted."),
    "earned": Words("按得分规则累计", "Points were added up."),
    "best": Words("取得分最高的一种情形", "The best alternative counts."),
    "required_failed": Words("前提指标未达标：{items}", "A required criterion is not satisfied: {items}."),
    "required_open": Words("前提指标尚未判定：{items}", "A required criterion is undecided: {items}."),
    "no_such_day": Words("评估期内没有 {0} 这一天，由人工判定", "The period holds no {0}: a person decides."),
    "none_found": Words("没有符合要求的文件", "No document qualifies."),
    "none_accepted": Words("所报文件均未被采信", "None of the documents submitted was accepted."),
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
    "lateness": Words("在期限内印发，或迟的时间仍在允许之内", "Issued in time, or within what is allowed."),
    "cadence": Words("各时段次数均已足够", "Every window holds enough."),
}
_SAID: dict[str, Words] = {
    "said_no": Words("否", "no"),
    "met": Words("是", "yes"),
    "unsupported_yes": Words("是", "yes"),
}


class Wording:
    """Words findings with a catalogue's labels and the titles of a ruleset's criteria."""

    def __init__(self, catalogue: Catalogue, titles: Mapping[str, Words]) -> None:
        self.catalogue, self.titles = catalogue, titles
        self._labels: dict[str, Words] = {}
        # What the checks of a ruleset require is the same for every subject, but for a few names and days.
        self._required = lru_cache(maxsize=4096)(self._required_words)

    def label(self, name: str) -> Words:
        """The label of an evidence item, or of an attribute of the subject."""
        if name not in self._labels:
            title = self.catalogue.label(name)
            known = self.catalogue.kind_of(name) is not None
            self._labels[name] = Words(title.zh, title.en) if known else attribute_words(name)
        return self._labels[name]

    def unit(self, name: str) -> Words:
        """The unit of a count; events and documents are counted as 次 and 份."""
        item = self.catalogue.counts.get(name)
        if isinstance(item, CountItem):
            return Words(item.unit.zh, item.unit.en)
        return Words("份", "issued") if name in self.catalogue.documents else Words("次", "held")

    def measured(self, finding: Finding) -> Words | None:
        """What was measured; None where nothing was."""
        measure = finding.measured
        if finding.kind == "statement":
            return _SAID.get(finding.reason)
        if finding.kind == "document":
            return self._document_measured(finding)
        if finding.kind == "subject":
            return attribute_words(finding.details[0]) if finding.credit and finding.waits is None else None
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
        if finding.kind == "lateness":
            return self._late(measure.numerator, finding)
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

    def _late(self, number: Number, finding: Finding) -> Words:
        if not number:
            return Words("没有迟", "in time")
        unit = LATE_UNITS[finding.required.details[1]] if finding.required is not None else Words("", "")
        return Words(f"迟 {number} {unit.zh}", f"{number} {unit.en} late")

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
        return None if finding.required is None else self._required(finding.required, finding.of)

    def _required_words(self, requirement: Requirement, of: tuple[str, ...]) -> Words:
        return required_words(self, requirement, of)

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
        if short.code == "late":
            late = self._late(short.amount, finding)
            return Words(f"比期限{late.zh}", late.en)
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
        if (
            finding.reason == "short"
            and finding.measured
            and finding.required
            and finding.required.code == "each"
        ):
            counted = self._number(finding.measured.numerator, finding)
            return Words(f"有 {counted.zh}", f"{counted.en} counted")
        if finding.reason == "short":
            return self._short_reason(finding)
        assert words is not None, finding.reason
        if finding.reason == "otherwise":
            value = attribute_words(finding.details[0])
            return Words(words.zh.replace("{0}", value.zh), words.en.replace("{0}", value.en))
        words = self._filled(words, finding) if "{" in words.zh else words
        if not finding.label:
            return words
        return Words(f"{finding.label}:{words.zh}", f"{finding.label}: {words.en}")

    def _filled(self, words: Words, finding: Finding) -> Words:
        labels = [self.titles[name] if name in self.titles else self.label(name) for name in finding.details]
        filled = {
            "items": Words("、".join(one.zh for one in labels), ", ".join(one.en for one in labels)),
            "parts": self.parts(finding.of[0] if finding.of else "", finding.details),
        }
        zh = _fill(words.zh, {key: value.zh for key, value in filled.items()}, finding.details)
        en = _fill(words.en, {key: value.en for key, value in filled.items()}, finding.details)
        return Words(zh, en)


def _s(number: str) -> str:
    return "" if number == "1" else "s"


def _fill(text: str, named: Mapping[str, str], details: tuple[str, ...]) -> str:
    for key, value in named.items():
        text = text.replace("{" + key + "}", value)
    for position, value in enumerate(details):
        text = text.replace("{" + str(position) + "}", value)
    return text
