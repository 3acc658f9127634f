"""Actions, losses and what waits, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.catalogue import EventItem
from evaluator.errors import Words
from evaluator.exact import decimal
from evaluator.finding import Finding
from evaluator.planning.actions import Action
from evaluator.planning.options import Option
from evaluator.planning.world import Leaf, World
from evaluator.wording import Wording

_BACKDATED = Words(
    "没有填报过：确已办理的，补充填报原始记录；没有办理的，不得补办",
    "Nothing was reported: report what was done, with its records; what was not done cannot be made up.",
)


class PlanWording:
    """Words for the plan of one world."""

    def __init__(self, world: World, wording: Wording) -> None:
        self.world, self.say = world, wording

    def action(self, action: Action, option: Option, other: Words | None = None) -> Words:
        """What to do, in units; ``other`` is the side to be asked where the subject does not do it itself."""
        words = self._action(action, option)
        if other is None:
            return words
        return Words(f"请{other.zh}{words.zh}", f"ask the {other.en} to {words.en}")

    def reported(self, action: Action, option: Option) -> bool:
        """Whether anything of what is to be issued or held was reported: if not, it may be there already."""
        return option.change.kind not in ("events", "documents") or self._known(action.item)

    def _action(self, action: Action, option: Option) -> Words:
        if option.change.kind == "units":
            return self._units(action, option)
        label = self._quoted(action.item)
        words = {
            "hold": self._hold,
            "issue": self._issue,
            "renew": self._renew,
            "complete": self._complete,
            "put": self._put,
        }.get(option.code)
        return words(action, option, label) if words is not None else self._count(action, option, label)

    def _hold(self, action: Action, option: Option, label: Words) -> Words:
        n = decimal(option.amount)
        if not self._known(action.item):
            return Words(f"举办 {n} 次“{label.zh}”", f"hold {n}: {label.en}")
        item = self.world.catalogue.events.get(action.item)
        if isinstance(item, EventItem) and item.action is not None:
            return Words(item.action.zh.replace("{n}", n), item.action.en.replace("{n}", n))
        return Words(f"再举办 {n} 次“{label.zh}”", f"hold {n} more: {label.en}")

    def _issue(self, action: Action, option: Option, label: Words) -> Words:
        n = option.units
        zh = f"印发“{label.zh}”" if n == 1 else f"印发 {n} 份“{label.zh}”"
        en = f"issue: {label.en}" if n == 1 else f"issue {n}: {label.en}"
        return self._stating(Words(zh, en), action, option)

    def _renew(self, action: Action, option: Option, label: Words) -> Words:
        until = self.world.facts.as_of
        words = Words(
            f"在“{label.zh}”到期前续订或重新印发，有效期不早于 {until}",
            f"renew or reissue before it expires, valid to {until} or later: {label.en}",
        )
        return self._stating(words, action, option)

    def _stating(self, words: Words, action: Action, option: Option) -> Words:
        zh, en = words
        if option.parts:
            parts = self.say.parts(action.item, option.parts)
            zh, en = f"{zh}，写明：{parts.zh}", f"{en}; stating: {parts.en}"
        if option.attached:
            zh, en = f"{zh}，并附文件", f"{en}; attach it"
        return Words(zh, en)

    def _complete(self, action: Action, option: Option, label: Words) -> Words:
        zh, en = f"“{label.zh}”（{option.document}）", f"{label.en} ({option.document})"
        if not option.parts:
            return Words(f"给{zh}补充附件", f"attach: {en}")
        parts = self.say.parts(action.item, option.parts)
        zh, en = f"在{zh}中补充：{parts.zh}", f"add to {en}: {parts.en}"
        return Words(f"{zh}，并附文件", f"{en}; attach it") if option.attached else Words(zh, en)

    def _put(self, action: Action, option: Option, label: Words) -> Words:
        support = Words("，并附佐证", "; add support") if option.attached else Words("", "")
        return Words(f"做到“{label.zh}”{support.zh}", f"put in place: {label.en}{support.en}")

    def _units(self, action: Action, option: Option) -> Words:
        kind, label = self.say.label(option.change.item), self._quoted(action.item)
        names = {unit.id: unit.name or unit.id for unit in self.world.submission.units[option.change.item]}
        zh, en = [], []
        for unit, what, _, value in option.change.entries:
            number = f"（{decimal(value)} {self.say.unit(action.item).zh}）" if what == "counts" else ""
            zh.append(names[unit] + number)
            en.append(names[unit] + (f" ({decimal(value)})" if what == "counts" else ""))
        return Words(
            f"在 {option.units} 个{kind.zh}做到“{label.zh}”：{'、'.join(zh)}",
            f"put in place: {label.en} ({kind.en}: {', '.join(en)})",
        )

    def _count(self, action: Action, option: Option, label: Words) -> Words:
        assert option.to is not None
        unit, to = self.say.unit(action.item), decimal(option.to)
        if option.assumed:
            return self._report(action, option, label)
        if option.code == "lower":
            now = decimal(option.to + option.amount)
            return Words(
                f"把“{label.zh}”从 {now} {unit.zh}减到 {to} {unit.zh}",
                f"bring down from {now} to {to} {unit.en}: {label.en}",
            )
        item, n = self.world.catalogue.counts.get(action.item), decimal(option.amount)
        if item is not None and item.action is not None:
            return Words(item.action.zh.replace("{n}", n), item.action.en.replace("{n}", n))
        return Words(f"再增加 {n} {unit.zh}“{label.zh}”", f"{n} {unit.en} more: {label.en}")

    def _report(self, action: Action, option: Option, label: Words) -> Words:
        """A figure that is not reported, or that depends on one: what is required stands for the number."""
        wanted = [
            required
            for leaf in self.world.leaves(action.item).values()
            if not leaf.condition and leaf.finding.of[0] == action.item
            if (required := self.say.required(leaf.finding)) is not None
        ]
        known = action.item in self.world.facts.counts
        verb = Words("提高", "raise") if known else Words("填报", "report")
        zh = "；".join(dict.fromkeys(one.zh for one in wanted))
        en = "; ".join(dict.fromkeys(one.en for one in wanted))
        return Words(
            f"{verb.zh}“{label.zh}”" + (f"（要求：{zh}）" if zh else ""),
            f"{verb.en}: {label.en}" + (f" (required: {en})" if en else ""),
        )

    def problems(self, now: Iterable[Leaf], end: Iterable[Leaf]) -> Iterator[Words]:
        """What is lacking today, or will be by the end of the period."""
        today = {leaf.key: leaf.finding for leaf in now}
        for leaf in end:
            finding = today.get(leaf.key, leaf.finding)
            if leaf.finding.reason == "expired" and finding.reason == "met":
                day = leaf.finding.details[0]
                yield Words(f"现有文件有效期只到 {day}", f"The document is valid only to {day}.")
            else:
                yield self.finding(finding)

    def finding(self, finding: Finding) -> Words:
        """What was measured, and why it is not enough."""
        reason, measured = self.say.reason(finding), self.say.measured(finding)
        if measured is None or finding.kind in ("document", "statement"):
            return reason
        return Words(f"{measured.zh}，{reason.zh}", f"{measured.en}. {reason.en}")

    def remainder(self, findings: Iterable[Finding]) -> Iterator[Words]:
        """Why points are lost or open, each reason once."""
        listed = list(findings)
        yield from dict.fromkeys(self.say.reason(finding) for finding in listed)
        if any(self._undated(finding) for finding in listed):
            yield _BACKDATED

    def _undated(self, finding: Finding) -> bool:
        """Whether it speaks of something with a day of its own of which nothing was reported."""
        names = [name for name in finding.of if not self._known(name)]
        if finding.kind == "document":
            assert finding.required is not None
            return bool(names) and bool(
                finding.required.details[1] or finding.required.details[0] == "issued"
            )
        return bool(names) and (finding.kind == "lateness" or finding.of[0] in self.world.catalogue.events)

    def _quoted(self, name: str) -> Words:
        """A label as it stands between quotation marks."""
        label = self.say.label(name)
        return label._replace(zh=label.zh.replace("“", "‘").replace("”", "’"))

    def _known(self, name: str) -> bool:
        return name in self.world.facts.complete
