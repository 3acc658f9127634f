"""``document`` in formulas: the best document of the type decides."""

from __future__ import annotations

from collections.abc import Callable

from evaluator.checks.document import DocumentCheck
from evaluator.workbook.judging.cells import added, day, quoted, written_day
from evaluator.workbook.judging.lines import Credit, Line
from evaluator.workbook.judging.papers import EXPIRED, GOOD, LATER, OTHER_YEAR, OUTSIDE, UNDATED, Ranked
from evaluator.workbook.judging.phrases import LOST
from evaluator.workbook.judging.workings import Setting, Workings

# Rows are numbered on through the sheets, each with this many to itself.
_SHEET = 5000
_KEY = 10**13
_LATE = 60
_REASONS = {
    EXPIRED: "已失效，",
    OTHER_YEAR: "不是本评估期的，",
    OUTSIDE: "印发日不在本评估期，",
    LATER: "日期晚于数据截止日，",
    _LATE: "印发晚于期限，",
}


def document(check: DocumentCheck, line: Line, here: Workings, _setting: Setting) -> None:
    """Write the row of ``check``."""
    item = here.items.get("documents", check.documents)
    state = check.state or ("" if check.issued_by else "in_force")
    deadline = _deadline(check, line, here)
    rows = _Rows(check, here, state, deadline)
    good = line.keep(rows.counted(lambda one: rows.timely(one, good=True) + rows.whole(one)))
    maybe = line.keep(f"{rows.counted(lambda one: rows.timely(one) + rows.whole(one))}-{good}")
    no_file = "0"
    if check.attachment is not None:
        no_file = line.keep(
            rows.counted(lambda one: [*rows.timely(one), *rows.parts(one), rows.attached(one, "<>1")])
        )
    # The first document that lacks parts: its day, its row and how many it lacks, in one number.
    key = line.keep(rows.lacking_first()) if check.contains else "0"
    last = deadline or (here.period.end if state == "issued" else "0")
    known = f"{item.known}=1"
    no_day = f"{deadline}=0" if check.issued_by is not None and len(check.issued_by) == 5 else "FALSE"
    waits = line.keep(f"IF(OR({no_day},AND({known},{good}=0,{maybe}>0)),1,0)")
    failed = line.keep(f"IF(AND({known},{good}=0,{waits}=0),1,0)")
    to_come = line.keep(f"IF(AND({failed}=1,{last}>{here.period.as_of}),1,0)")
    only_parts = f"AND({failed}=1,{no_file}=0,{key}>0)"
    label = here.phrases.label(check.documents)
    undated = quoted(f"{label}没有写明印发日期或有效期，由人工判定")
    absent = quoted(f"{label}：评估期内没有期限那一天，由人工判定")
    lacking = _lacking(rows, key, line)
    mend = (
        f"IF({no_file}>0,{quoted(f'{label}补充附件')},"
        f"IF({key}>0,{quoted(f'{label}补充内容：')}&{lacking},{_issue(label, rows, last, to_come, line, here)}))"
    )
    line.conclude(
        Credit(
            floor=f"IF(AND({known},{good}>0,{waits}=0),1,0)",
            ceiling=f"IF(AND({failed}=1,{to_come}=0),0,1)",
            fault=item.fault,
            person=waits,
            time=to_come,
            evidence=f"IF(OR({no_day},{known}),0,1)",
            amount=f'IF({only_parts},MOD({key},100),IF({failed}=1,1,""))',
            text=(
                f"IF({waits}=1,IF({no_day},{absent},{undated}),"
                f'IF({failed}=1,{mend},IF({known},"",{here.phrases.fill_in(check.documents)})))'
            ),
        )
    )


def _deadline(check: DocumentCheck, line: Line, here: Workings) -> str:
    """The cell of the deadline: 0 where the period does not hold that day."""
    if check.issued_by is None:
        return ""
    if len(check.issued_by) == 10:
        return line.keep(day(*map(int, check.issued_by.split("-"))))
    month, number = map(int, check.issued_by.split("-"))
    span = here.period
    this = f"DATE(YEAR(MAX({span.start},1)),{month},{number})"
    following = f"DATE(YEAR(MAX({span.start},1))+1,{month},{number})"
    first = line.keep(f"IF({this}>={span.start},{this},{following})")
    return line.keep(f"IF({first}<={span.end},{first},0)")


class _Rows:
    """Conditions on the rows that hold documents of the type, as factors of products."""

    def __init__(self, check: DocumentCheck, here: Workings, state: str, deadline: str) -> None:
        self._check, self._state, self._deadline = check, state, deadline
        self._places = here.papers.ranked(check.documents, state)
        known = list(here.catalogue.documents[check.documents].parts)
        self._parts = [known.index(part) for part in check.contains]
        self.labels = here.phrases.parts(check.documents, check.contains)

    def counted(self, factors: Callable[[Ranked], list[str]]) -> str:
        """How many rows meet all of ``factors``."""
        return added(f"SUMPRODUCT({'*'.join(factors(one))})" for one in self._places)

    def timely(self, one: Ranked, *, good: bool = False) -> list[str]:
        """Rows that are in time, or may be; ``good``: surely."""
        found = [self._type(one), f"({one.rank}{'=' if good else '<='}{GOOD if good else UNDATED})"]
        if self._deadline:
            found.append(f"({one.issued}<={self._deadline})")
            if good:
                found.append(f"({one.issued}>0)")
        return found

    def whole(self, one: Ranked) -> list[str]:
        """Rows with every part and, where one is asked for, an attachment."""
        return [*self.parts(one), *([self.attached(one, "=1")] if self._check.attachment is not None else [])]

    def parts(self, one: Ranked) -> list[str]:
        """Rows with every part that is asked for."""
        return [f"({one.rows.parts[part]}=1)" for part in self._parts]

    def attached(self, one: Ranked, test: str) -> str:
        """Rows that name a file, or name none."""
        return f"({one.rows.attached}{test})"

    def _type(self, one: Ranked) -> str:
        return f'({one.rows.types}="{self._check.documents}")'

    def lacking_first(self) -> str:
        """A number that tells the earliest row in time that lacks parts; 0 where there is none."""
        found = []
        for n, one in enumerate(self._places):
            held = "+".join(self.parts(one))
            key = f"({one.issued}*10000000+(ROW({one.rank})+{n * _SHEET})*100+{len(self._parts)}-({held}))"
            lacking = f"(({held})<{len(self._parts)})"
            found.append(f"SUMPRODUCT(MAX({'*'.join(self.timely(one))}*{lacking}*({_KEY}-{key})))")
        highest = f"MAX({','.join(found)})"
        return f"IF({highest}=0,0,{_KEY}-{highest})"

    def missing_part(self, n: int, key: str) -> str:
        """Whether the row that ``key`` tells lacks the n-th part that is asked for."""
        row = f"INT(MOD({key},10000000)/100)"
        found = "0"
        for place, one in reversed(list(enumerate(self._places))):
            held = f"INDEX({one.rows.parts[self._parts[n]]},{row}-{place * _SHEET + one.first - 1})"
            found = (
                f"IF({row}<{(place + 1) * _SHEET},{held},{found})" if place + 1 < len(self._places) else held
            )
        return f"{found}<>1"

    def best(self) -> str:
        """The least rank of the documents that are not in time."""
        ranks = [
            f"SUMPRODUCT(MAX({self._type(one)}*({one.rank}>{UNDATED})*(100-{one.rank})))"
            for one in self._places
        ]
        best = f"100-MAX({','.join(ranks)})"
        if not self._deadline:
            return best
        late = self.counted(
            lambda one: [self._type(one), f"({one.rank}<={UNDATED})", f"({one.issued}>{self._deadline})"]
        )
        return f"IF(AND({late}>0,{best}>{_LATE}),{_LATE},{best})"


def _lacking(rows: _Rows, key: str, line: Line) -> str:
    """The parts that are to be added."""
    pieces = [f'IF({rows.missing_part(n, key)},{quoted("、" + one)},"")' for n, one in enumerate(rows.labels)]
    return line.keep(f'IF({key}>0,MID({"&".join(pieces)},2,999),"")') if pieces else '""'


def _issue(label: str, rows: _Rows, last: str, to_come: str, line: Line, here: Workings) -> str:
    """Asks for a document, with the reason why those at hand do not count and until when it can be issued."""
    best = line.keep(rows.best())
    why = line.keep(_why(best))
    by = f'IF({to_come}=1,"，期限 "&{written_day(last)},"")'
    lost = f'IF(AND({last}>0,{last}<={here.period.as_of}),{quoted(LOST)},"")'
    return f"{quoted(label)}&{why}&{quoted('需印发')}&{by}&{lost}"


def _why(best: str) -> str:
    text = '""'
    for rank, words in _REASONS.items():
        text = f"IF({best}={rank},{quoted(words)},{text})"
    return text
