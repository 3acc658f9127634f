"""What reviewers decided, and why: every entry of every review in a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards import labels
from scorecards.digests import short_digest
from scorecards.model import Part, Passage, row, table
from scorecards.reviewed import reviewer
from scorecards.wording import Json, Line, Wording

_ENTRIES = ("corrections", "rejected_evidence", "accepted_evidence", "ratings", "decisions", "confirmations")


def reviews(chronology: Json, say: Wording) -> Iterator[Part]:
    """The part of the chronology that lists them; none where nothing was reviewed."""
    if chronology["reviews"]:
        passages = (_review(one, chronology["criteria"], say) for one in chronology["reviews"])
        yield Part(say("复核的决定和理由", "What reviewers decided, and why"), passages=tuple(passages))


def _review(review: Json, criteria: Json, say: Wording) -> Passage:
    stage = say.pick(labels.STAGES[review["stage"]])
    who = say.semicolon.join(reviewer(one, say) for one in (review["reviewer"], *review["also"]))
    heads = (
        say("事项", "What"),
        say("核实或判定", "Verified or decided"),
        say("方法", "How"),
        say("日期", "When"),
        say("工号", "Staff no."),
        say("理由", "Reason"),
    )
    rows = (
        row(
            _about(one, criteria, say),
            _decided(kind, one, say),
            say.pick(labels.METHODS[one["method"]]) if one["method"] else "—",
            say.date(one["date"]) if one["date"] else "—",
            say.join(one["by"]),
            say.submitted(one["reason"]),
        )
        for kind in _ENTRIES
        for one in review[kind]
    )
    heading = say(
        f"{stage}复核 {short_digest(review['digest'])}（自第 {review['step']} 份起）",
        f"{stage}, review {short_digest(review['digest'])} (from no. {review['step']} on)",
    )
    nothing = say("没有更正和判定。", "Nothing was changed.")
    return Passage(
        heading, (say.submitted(who),), table("review", heads, rows, nothing, (26, 22, 9, 12, 8, 23))
    )


def _about(one: Json, criteria: Json, say: Wording) -> Line:
    if "criterion" not in one:
        return say.line(one["label"])
    known = criteria.get(one["criterion"])
    if known is None:
        return Line(one["criterion"])
    clause = say.standard(known["clause"] + (f" {known['item']}" if known["item"] else ""))
    return say.submitted(f"{clause.text} {say.line(known['title']).text}")


def _decided(kind: str, one: Json, say: Wording) -> Line:
    match kind:
        case "corrections":
            claimed, verified = (say.line(one[key]["text"]).text for key in ("claimed", "verified"))
            return say.submitted(f"{claimed} → {verified}")
        case "rejected_evidence":
            return Line(say("不采信", "rejected"))
        case "accepted_evidence":
            return Line(say("恢复采信", "accepted again"))
        case "ratings":
            return Line(say(f"第 {one['level']} 档", f"level {one['level']}"))
        case "confirmations":
            return Line(say("属实", "as claimed"))
        case _:
            points = "" if one["earned"] is None else say(f"，{one['earned']} 分", f", {one['earned']}")
            return Line(say.pick(labels.OUTCOMES[one["outcome"]]) + points)
