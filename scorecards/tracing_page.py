"""From a comparison with the official text (its JSON, with the text) to the page that shows both side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecards.labels import LEVELS as OBLIGATIONS
from scorecards.tracing_lines import LEVELS, STATUSES, doubt_of_the_text, trace_lines
from scorecards.tracing_model import Beside, Card, Notice, RowKind, Run, TracePage
from scorecards.wording import Json, Language, Wording, printable


def trace_page(document: Json, lang: Language) -> TracePage:
    """The page of a comparison that has the text with it."""
    return _Maker(document, lang).page()


class _Maker:
    def __init__(self, document: Json, lang: Language) -> None:
        self.document, self.say = document, Wording(lang)
        self.clauses = {one["id"]: one for one in document["clauses"]}
        self.shown: set[tuple[str, str | None]] = set()
        self.targets: dict[str, str] = {}

    def page(self) -> TracePage:
        say, text = self.say, self.document["text"]
        rows = (*self._rows(), *self._absent())
        for one in rows:
            self.targets.setdefault(one.name, one.target)
        ruleset = self.document["ruleset"]
        title = say.line(ruleset["title"]).text
        lines = list(trace_lines(self.document, say.lang))
        sums = [line.partition(say.colon) for line in lines[2:4]]
        return TracePage(
            lang=say.lang,
            title=say(f"{title}：与原文对照", f"{title}: beside its text"),
            subtitle=f"{ruleset['id']}@{ruleset['version']}",
            facts=(
                (say("标准", "Standard"), say.standard(self.document["standard"]).text),
                (say("原文", "Text"), lines[1].partition(say.colon)[2]),
                (say("文件", "File"), printable(text["file"])),
            ),
            sums=tuple((name, value) for name, _, value in sums),
            notices=tuple(self._notice(one) for one in self.document["discrepancies"]),
            none=say("与原文一致，没有要处理的。", "Agrees with the text: nothing to do."),
            remarks=tuple(doubt_of_the_text(self.document, say)),
            corrections=tuple(self._corrections()),
            rows=rows,
            words=self._legend(),
        )

    def _legend(self) -> dict[str, str]:
        say = self.say
        return {
            "todo": say("要处理的", "To be done"),
            "corrections": say("更正：原文印错之处", "Corrections: misprints of the text"),
            "no_corrections": say("没有更正。", "None."),
            "beside": say("原文与指标", "Text and criteria"),
            "text": say("标准原文", "Official text"),
            "criteria": say("指标", "Criteria"),
            "judged": say("怎样判定", "How it is judged"),
            "legend": say("图例", "Key"),
            "cited": say("指标引用的短词", "a term that a criterion cites"),
            "read_as": say("读作", "read as"),
            "printed": say("印错的字", "misprint"),
            "uncited": say(
                "是要求，却既没有指标引用，也没有说明不评的理由",
                "a requirement that is neither cited nor excused",
            ),
            "line": say("行", "line"),
            "heads": say("条款|行|印作|读作|原因|何处写明", "Clause|Line|Printed|Read as|Reason|Stated in"),
            "none": say("没有指标", "no criterion"),
            "confidential": say(
                "本页含标准原文，只供核对，按原文的使用范围保管。",
                "This page holds the official text: keep it as the text itself.",
            ),
        }

    def _corrections(self) -> Iterator[tuple[str, ...]]:
        for one in self.document["corrections"]:
            line = str(one["line"]) if one["line"] else self.say("没有用上", "unused")
            stated = "trace.yaml" if one["listed"] else "clauses.yaml"
            yield (
                one["clause"],
                line,
                printable(one["printed"]),
                printable(one["read_as"]),
                self.say.line(one["reason"]).text,
                stated,
            )

    def _rows(self) -> Iterator[Beside]:
        for block in self.document["blocks"]:
            clause = self.clauses.get(block["listed"] or "")
            for key, lines in _segments(block, clause):
                yield self._row(block, clause, key, lines)

    def _row(self, block: Json, clause: Json | None, item: Json | None, lines: Sequence[Json]) -> Beside:
        say = self.say
        name = block["clause"] if clause is None else clause["id"]
        shown = say.standard(name + (f" {item['item']}" if item is not None else "")).text
        made = tuple((one["line"], tuple(_runs(one))) for one in lines)
        target = f"k-{lines[0]['line']}"
        key = (name, None if item is None else item["item"])
        first = key not in self.shown
        self.shown.add(key)
        if clause is None:
            kind: RowKind = "heading" if block["style"] == "unnumbered" else "unlisted"
            notices = self._notices_of(name) if first else ()
            if not notices:
                kind = "heading"
            return Beside(shown, kind, target, made, "", (), notices)
        part = clause if item is None else item
        status: RowKind = "heading" if part["status"] == "items" else part["status"]
        note = ""
        if first and part["not_assessed"]:
            note = say("不评：", "Not assessed: ") + say.line(part["not_assessed"]).text
        elif first and status == "background" and len(lines) > 1:
            note = say("不是要求，不评", "No requirement: not assessed")
        cards = tuple(self._card(one) for one in self._criteria(*key)) if first else ()
        names = {name if item is None else f"{name} {item['item']}"}
        return Beside(shown, status, target, made, note, cards, self._notices_of(*names) if first else ())

    def _criteria(self, clause: str, item: str | None) -> list[Json]:
        return [one for one in self.document["criteria"] if (one["clause"], one["item"]) == (clause, item)]

    def _absent(self) -> Iterator[Beside]:
        """What our files cite or list and the text does not have."""
        left: dict[tuple[str, str | None], list[Json]] = {}
        for one in self.document["criteria"]:
            if (one["clause"], one["item"]) not in self.shown:
                left.setdefault((one["clause"], one["item"]), []).append(one)
        for clause in self.document["clauses"]:
            if clause["lines"] is None:
                left.setdefault((clause["id"], None), [])
        for n, ((clause, item), criteria) in enumerate(left.items()):
            name = f"{clause} {item}" if item else clause
            cards = tuple(self._card(one) for one in criteria)
            shown = self.say.standard(name).text
            note = self.say("原文中没有这一条", "the text has no such clause")
            yield Beside(shown, "absent", f"a-{n}", (), note, cards, self._notices_of(name))

    def _card(self, one: Json) -> Card:
        say = self.say
        parts = [
            say(f"{one['points']} 分", f"{one['points']} points"),
            say.pick(OBLIGATIONS[one["level"]]),
            *([say("一票否决", "veto")] if one["veto"] else []),
        ]
        confirmed = one["confirmed"]
        label = say.pick(STATUSES[one["status"]])
        if confirmed is not None:
            before = "" if one["status"] == "confirmed" else say("上次确认 ", "last confirmed ")
            label += say(f"（{before}{say.date(confirmed)}）", f" ({before}{say.date(confirmed)})")
        own = tuple(
            self._notice(each) for each in self.document["discrepancies"] if each["criterion"] == one["id"]
        )
        return Card(
            one["id"],
            say.line(one["title"]).text,
            say.line(one["requirement"]),
            tuple(say.line(each).text for each in one["judged"]),
            say.join(parts),
            one["status"],
            label,
            own,
        )

    def _notices_of(self, *names: str) -> tuple[Notice, ...]:
        return tuple(
            self._notice(one)
            for one in self.document["discrepancies"]
            if one["criterion"] is None and one["clause"] in names
        )

    def _notice(self, one: Json) -> Notice:
        say = self.say
        if one["criterion"] is not None:
            target = f"c-{one['criterion']}"
        else:
            target = self.targets.get(say.standard(one["clause"] or "").text, "")
        place = ":".join(str(part) for part in one["place"].values() if part is not None)
        mend = "" if one["mend"] is None else printable(one["mend"][say.lang])
        return Notice(
            one["level"],
            say.pick(LEVELS[one["level"]]),
            printable(one["what"][say.lang]),
            mend,
            printable(place),
            target,
        )


def _segments(block: Json, clause: Json | None) -> Iterator[tuple[Json | None, list[Json]]]:
    """The lines of a block, apart by the item that they belong to."""
    items = clause["items"] if clause is not None else []
    spans = [(one["lines"], one) for one in items if one["lines"] is not None]
    current: Json | None = None
    gathered: list[Json] = []
    for line in block["lines"]:
        own = next((one for span, one in spans if span[0] <= line["line"] <= span[1]), None)
        if gathered and own is not current:
            yield current, gathered
            gathered = []
        current = own
        gathered.append(line)
    if gathered:
        yield current, gathered


def _runs(line: Json) -> Iterator[Run]:
    text, cited = line["text"].rstrip(), set(line["cited"])
    starts = {one["from"]: one for one in line["corrected"]}
    at = 0
    while at < len(text):
        if at in starts:
            one = starts[at]
            yield Run(printable(text[at : one["to"]]), "corrected", printable(one["read_as"]))
            at = max(one["to"], at + 1)
            continue
        end = at + 1
        while end < len(text) and end not in starts and (end in cited) == (at in cited):
            end += 1
        yield Run(printable(text[at:end]), "cited" if at in cited else "")
        at = end
