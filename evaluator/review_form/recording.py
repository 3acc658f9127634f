"""The on-site record as a form to fill: the workbook twin of the printed record, planned. Pure."""

from __future__ import annotations

from evaluator.errors import Language, Words
from evaluator.review_form.layout import Form, Page, Sheet
from evaluator.review_form.matter import Matter
from evaluator.review_form.planning import reviewers
from evaluator.review_form.sites import Site, SiteLine
from evaluator.reviewing.words import METHODS, STAGES
from evaluator.workbook.form import Choices, Column, Kind, Line, Row

TICKS = ("true", "partly", "untrue")
CHANGES = (*TICKS, "earned", "level", "verified")
_TICK = "√"


def plan_record(matter: Matter, sites: tuple[Site, ...], lang: Language) -> Form:
    """A sheet for each site."""
    stage = STAGES[matter.stage].in_language(lang)
    name = matter.submission.subject.name
    title = f"{name}现场核查记录表（{stage}）" if lang == "zh" else f"{name}: on-site record ({stage})"
    guide = Page(
        "填写说明" if lang == "zh" else "How to fill this",
        (Line("title", title), *(Line("text", text) for text in _GUIDE[lang])),
    )
    sheets = [_sheet(site, n, lang) for n, site in enumerate(sites, 1)]
    return Form(lang, title, matter.about("record"), (guide, reviewers(matter, lang), *sheets))


_GUIDE = {
    "zh": (
        "1. 一处一张表。每行在“属实”“部分属实”“不实”中选一栏打√。只填浅黄色的格子。",
        "2. 属实：与自报一致，可以不写备注。不实、部分属实：在备注中写看到的情况。",
        "3. 部分属实的写核定得分，大于 0、小于满分；要评档次的写档次，打不打√都可以。",
        "4. 各单元的数据不实的，写核实数；事项不实的，只打√。",
        "5. 两名核查人员的角色、单位、工号和核查日期填在“复核人员”中，不写姓名；表下签字用打印件。",
        "6. 填好保存为 .xlsx，用 duibiao score 的 --review 选项评分，可与复核表一起用。",
    ),
    "en": (
        "1. One sheet a site. Tick one of the three columns in each row. Fill the light yellow cells only.",
        "2. As claimed: no remark is needed. Partly so, or not so: write what was seen under Remark.",
        "3. Partly so needs points: above 0, below the full points. What is rated needs its level.",
        "4. A unit's count that is not so needs the verified number; a statement needs the tick alone.",
        "5. The two inspectors go on the sheet Reviewers, without names; signatures go on the printed record.",
        "6. Save as .xlsx and score with --review, together with a review's form where there is one.",
    ),
}
_COLUMNS: tuple[tuple[str, Words, float, Kind], ...] = (
    ("no", Words("序号", "No."), 5, "fixed"),
    ("label", Words("核查内容和要求", "What to verify"), 44, "fixed"),
    ("claimed", Words("自报情况", "Claimed"), 16, "fixed"),
    ("how", Words("方法", "Method"), 9, "fixed"),
    ("true", Words("属实", "As claimed"), 6.5, "choice"),
    ("partly", Words("部分属实", "Partly so"), 6.5, "choice"),
    ("untrue", Words("不实", "Not so"), 6.5, "choice"),
    ("earned", Words("核定得分", "Points"), 8, "number"),
    ("level", Words("档次", "Level"), 7, "choice"),
    ("verified", Words("核实数", "Verified"), 8, "number"),
    ("reason", Words("备注", "Remark"), 34, "text"),
)


def _sheet(site: Site, number: int, lang: Language) -> Sheet:
    of_units = any(":" in line.item for line in site.lines)
    rated = any(line.levels for line in site.lines)
    left_out = {"earned", "level", "no"} if of_units else {"verified"} if rated else {"verified", "level"}
    hidden = tuple(Column(key, "", kind="id", hidden=True) for key in ("item", "claim", "by", "waits"))
    columns = tuple(
        Column(
            key,
            words.in_language(lang),
            width,
            kind,
            centred=key not in ("label", "claimed", "reason"),
            choices=Choices((_TICK,)) if key in TICKS else None,
        )
        for key, words, width, kind in _COLUMNS
        if key not in left_out
    )
    footer = tuple(Line("sign", text) for text in _SIGN[lang])
    prefix = "核查" if lang == "zh" else "Site "
    name = f"{prefix}{number} {_fitting(site.name)}"[:31].strip()
    return Sheet(
        f"site.{number}",
        name,
        (*hidden, *columns),
        tuple(_row(one, lang) for one in site.lines),
        footer=footer,
    )


_SIGN = {
    "zh": (
        "核查人员（两人签字）：　　　　　　　　　　　　　　　　　　　　　　　　　　核查日期：　　　　年　　月　　日",
        "被核查单位意见：　　　　　　　　　　　　　　　　　　　　　　　　负责人签字、单位盖章：　　　　　　年　　月　　日",
    ),
    "en": (
        "Inspectors (two signatures):                                                    Date:",
        "Opinion of the inspected unit:                                        Head (signature, seal), date:",
    ),
}


def _fitting(name: str) -> str:
    # A sheet's name bears none of these.
    return "".join(" " if one in "[]:*?/\\'" else one for one in name)


def _row(line: SiteLine, lang: Language) -> Row:
    locked = set[str]()
    if not line.levels:
        locked.add("level")
    if line.claim in ("true", "false"):
        locked.add("verified")
    if line.claim:
        locked.add("partly")
    points = ""
    if line.points:
        points = f"（满分 {line.points} 分）" if lang == "zh" else f" ({line.points} points)"
    return Row(
        line.item,
        {
            "claim": line.claim or None,
            "by": line.method,
            "waits": "person" if line.waits else None,
            "no": line.number,
            "label": f"{line.title}{points}\n{line.requirement}".strip(),
            "claimed": line.claimed or None,
            "how": METHODS[line.method].in_language(lang),
        },
        frozenset(locked),
        choices={"level": Choices(tuple(map(str, line.levels)))} if line.levels else {},
    )
