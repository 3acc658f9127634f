"""The ledger of what arrived: received, incomplete, duplicate, superseded, to be confirmed, or refused and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.errors import Language, Place, Problem, Words
from evaluator.intake.entries import STATUSES, Entry, Rules, Sent
from evaluator.intake.missing import absent_files, unanswered
from evaluator.intake.standing import compare_entries
from evaluator.model import SUBJECTS
from evaluator.submission import natural

Json = dict[str, Any]


def ledger(
    arrivals: Iterable[Sent], ignored: Sequence[str], rules: Rules | None, catalogue: Catalogue
) -> Json:
    """The ledger as plain data; its contract is docs/inspection-tools.md."""
    entries = [Entry(one) for one in arrivals]
    for one in entries:
        one.included_by = [other.sent.name for other in entries if one.sent.name in other.sent.includes]
    for one in entries:
        if one.submission is not None:
            _judge(one, rules)
    readable = [one for one in entries if one.status != "refused"]
    compare_entries(readable)
    entries.sort(key=_place)
    return {
        "ledger": 1,
        "ruleset": None
        if rules is None
        else {
            "id": rules.ruleset.ruleset,
            "version": rules.ruleset.version,
            "title": rules.ruleset.title.model_dump(),
        },
        "totals": {status: sum(one.status == status for one in entries) for status in STATUSES},
        "entries": [_row(one, rules.catalogue if rules else catalogue) for one in entries],
        "ignored": list(ignored),
    }


def _judge(one: Entry, rules: Rules | None) -> None:
    """Set ``one`` down as refused where the rules are not for its kind, as incomplete where something is missing."""
    submission = one.submission
    assert submission is not None
    if rules is not None and submission.subject.kind not in rules.ruleset.subject:
        if one.included_by:
            return
        one.status = "refused"
        kinds = "、".join(SUBJECTS[kind].zh for kind in rules.ruleset.subject)
        title = rules.ruleset.title
        what = Words(
            f"“{title.zh}”评估的是{kinds}，这份申报的单位类别是{SUBJECTS[submission.subject.kind].zh}",
            f"{rules.ruleset.ruleset} is for {', '.join(rules.ruleset.subject)}; this is of a {submission.subject.kind}",
        )
        one.problems.append(Problem("other_subject", Place(one.sent.name), what))
        return
    one.files = list(absent_files(one))
    one.items = list(dict.fromkeys(unanswered(submission, rules))) if rules is not None else []
    if one.files or one.items:
        one.status = "incomplete"
    if one.files:
        zh, en = f"缺 {len(one.files)} 个所列的佐证文件", f"{len(one.files)} files that it names are absent"
        if one.sent.absent is None:
            zh, en = (
                f"只有表，没有附所列的 {len(one.files)} 个佐证文件",
                f"the form alone, without the {len(one.files)} files that it names",
            )
        one.reasons.append(Words(zh, en))
    if one.items:
        one.reasons.append(
            Words(
                f"{len(one.items)} 项材料既没有填报，也没有写明没有",
                f"{len(one.items)} items are neither submitted nor said to be none",
            )
        )


def _place(one: Entry) -> tuple[Any, ...]:
    # Who cannot be told stands at the end.
    if one.submission is None:
        return (1, (), "", natural(one.sent.name))
    subject = one.submission.subject
    return (0, subject.region, subject.name, natural(one.sent.name))


def _row(one: Entry, catalogue: Catalogue) -> Json:
    submission = one.submission
    subject = period = as_of = None
    if submission is not None:
        subject = {key: getattr(submission.subject, key) for key in ("id", "name", "kind")}
        subject["region"] = list(submission.subject.region)
        period = {"from": submission.period.from_.isoformat(), "to": submission.period.to.isoformat()}
        as_of = one.day.isoformat()
    return {
        "name": one.sent.name,
        "status": one.status,
        "digest": one.sent.digest or None,
        "subject": subject,
        "period": period,
        "as_of": as_of,
        "submission": one.digest,
        "bare": submission is not None and one.sent.absent is None,
        "of": one.of,
        "included_by": one.included_by,
        "reasons": [words._asdict() for words in one.reasons],
        "missing": {
            "files": one.files,
            "items": [{"id": name, "label": _label(name, catalogue)} for name in one.items],
        },
        "problems": [
            {
                "code": each.code,
                "place": str(each.place),
                "text": {"zh": _said(each, "zh"), "en": _said(each, "en")},
            }
            for each in one.problems
        ],
    }


def _label(name: str, catalogue: Catalogue) -> Json:
    title = catalogue.label(name)
    return {"zh": title.zh, "en": title.en}


def _said(problem: Problem, language: Language) -> str:
    text = problem.what.in_language(language)
    if problem.mend is None:
        return text
    return text + ("。" if language == "zh" else ". ") + problem.mend.in_language(language)
