"""The inspector's form, planned: every criterion with the machine's verdict, and everything that was submitted. Pure."""

from __future__ import annotations

from evaluator.errors import Language, Words
from evaluator.review_form.columns import CHANGES, NAMES, columns, role_choices
from evaluator.review_form.evidence_sheets import counts, documents, events, leave_out, settled, statements
from evaluator.review_form.layout import Form, Page, Sheet
from evaluator.review_form.matter import Json, Matter, before_words, levels_words, texts, verdict_words
from evaluator.reviewing.entries import levels_of
from evaluator.reviewing.words import METHODS, OUTCOMES, STAGES
from evaluator.ruleset import Criterion
from evaluator.workbook.form import Choices, Line, Row, Value


def plan(matter: Matter, lang: Language) -> Form:
    """The form of a review; a third's form holds only that on which the two others differ."""
    stage = STAGES[matter.stage].in_language(lang)
    name = matter.submission.subject.name
    title = f"{name}复核表（{stage}）" if lang == "zh" else f"{name}: review ({stage})"
    made = [sheet(matter, lang) for sheet in (criteria, counts, events, documents, statements)]
    filled = [one for one in made if one.rows]
    sheets: tuple[Sheet | Page, ...] = (guide(matter, title, lang), reviewers(matter, lang), *filled)
    return Form(lang, title, matter.about("review"), sheets)


def guide(matter: Matter, title: str, lang: Language) -> Page:
    """The first page: how to fill the form."""
    rules, name = matter.document["ruleset"], NAMES["guide"].in_language(lang)
    first = Line("title", title)
    second = Line("subtitle", f"{rules['title'][lang]}　{rules['id']} {rules['version']}")
    settling = (_SETTLING.get(lang, ""),) if matter.settles else ()
    lines = (Line("text", text) for text in (*settling, *_GUIDE[lang]))
    return Page(name, (first, second, *lines))


_SETTLING = {
    "zh": "本表由第三人填写：只列两人意见相差超过约定分歧的指标和数据，两人的意见在“两人的意见”一栏。每一行都要有结论。",
    "en": "For the third inspector: only that on which the two differ beyond the gap. Every row needs a conclusion.",
}
_GUIDE = {
    "zh": (
        "1. 只填浅黄色的格子，其余已锁定。先填“复核人员”：角色、单位、工号，不写姓名。",
        "2. 数据、日期、文件、事项与自报不符的，在以下各表中写核实的值，系统按核实的值重新判定；不能采信的选“不采信”。",
        "3. “指标核验”中“待人工”一栏有“待判定”的排在前面，要由人评定档次或作判定；同意系统判定的空着。",
        "4. 合理缺项选“不适用”。选“部分达标”的要写核定得分，大于 0、小于满分；选“达标”“未达标”“不适用”的不写得分。",
        "5. 凡写了核实值、采信、判定、得分或档次的，都要写理由。方法和日期不写的，用“复核人员”中的方法和日期。",
        "6. 文件的日期核实为没有写明的，填“无”；核实内容写现有的各项，用顿号分开，一项也没有的填“无”。",
        "7. 不写任何个人的姓名、证件号、电话。填好后保存为 .xlsx，用 duibiao score 的 --review 选项评分。",
    ),
    "en": (
        "1. Fill the light yellow cells only; the rest is locked. Begin with Reviewers: role, unit, staff number, no name.",
        "2. Where something is not as claimed, write the verified value on its sheet: it is judged again; or reject it.",
        "3. Criteria that wait for a person stand first: give a level or decide. Leave the rest blank where you agree.",
        "4. Choose “not applicable” where a criterion cannot apply. “Partly met” needs points: above 0, below the full points.",
        "5. Every change needs its reason. Method and date are those of Reviewers where a row has none.",
        "6. Write “none” where a document states no date, and for no parts at all; part several with commas.",
        "7. Write nothing about a person. Save as .xlsx and score with --review.",
    ),
}


def reviewers(matter: Matter, lang: Language) -> Sheet:
    """Who reviews, and how and when where a row says nothing else."""

    def say(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    subject, period = matter.submission.subject, matter.document["submission"]["period"]
    role = say("从列表里选", "choose one")
    unit = say("单位全称，不写个人", "the unit's full name")
    number = say("单位编的工号，不写姓名", "the number that the unit gives its staff; no name")
    second = say("两人核查的，填第二人；一人的空着", "for a second inspector; else leave blank")
    spare = say("各行没有另写的，用这里的", "for the rows that state none")
    asked: tuple[tuple[str, str, str], ...] = (
        ("reviewer.role", say("复核人员：角色", "Reviewer: role"), role),
        ("reviewer.unit", say("复核人员：单位", "Reviewer: unit"), unit),
        ("reviewer.number", say("复核人员：工号", "Reviewer: staff number"), number),
        ("also.role", say("第二人：角色", "Second reviewer: role"), second),
        ("also.unit", say("第二人：单位", "Second reviewer: unit"), second),
        ("also.number", say("第二人：工号", "Second reviewer: staff number"), second),
        ("method", say("核查方法", "Method"), spare),
        ("date", say("核查日期", "Date"), spare),
    )
    facts = (
        (say("申报单位", "Subject"), subject.name),
        (say("评估期", "Period"), f"{period['from']} – {period['to']}"),
        (say("阶段", "Stage"), STAGES[matter.stage].in_language(lang)),
    )
    locked = frozenset({"value"})
    rows = [Row("", {"label": label, "value": text}, locked) for label, text in facts]
    choices = {
        "reviewer.role": role_choices(lang),
        "also.role": role_choices(lang),
        "method": Choices(tuple(words.in_language(lang) for words in METHODS.values())),
    }
    rows += [
        Row(
            item,
            {"label": label, "help": text},
            kinds={"value": "choice" if item in choices else "date" if item == "date" else "text"},
            choices={"value": choices[item]} if item in choices else {},
        )
        for item, label, text in asked
    ]
    return Sheet("reviewers", NAMES["reviewers"].in_language(lang), columns("reviewers", lang), tuple(rows))


def criteria(matter: Matter, lang: Language) -> Sheet:
    """A row for each criterion; those that wait for a person first."""
    known, numbers = matter.ruleset.by_id(), matter.numbers()
    labels = {one["id"]: one["label"][lang] for one in matter.document["evidence"] if one["kind"] == "count"}
    listed = [
        one for one in matter.document["criteria"] if not matter.settles or one["id"] in matter.opinions
    ]
    listed.sort(key=lambda one: ("person" not in one["waits"], numbers[one["id"]]))
    rows = tuple(_criterion(one, known[one["id"]], matter, labels, lang) for one in listed)
    made = columns("criteria", lang, leave_out(matter))
    return Sheet(
        "criteria",
        NAMES["criteria"].in_language(lang),
        settled(made, matter, lang),
        rows,
        CHANGES["criteria"],
    )


def _criterion(
    one: Json, criterion: Criterion, matter: Matter, labels: dict[str, str], lang: Language
) -> Row:
    levels = levels_of(criterion)
    requirement = str(one["requirement"].get(lang) or one["requirement"]["zh"])
    waits, undecided = one["waits"], one["earned"]["floor"] != one["earned"]["ceiling"]
    need = ("待判定", "to decide") if "person" in waits else ("未定", "open") if undecided else ("", "")
    evidence = dict.fromkeys(
        labels.get(str(name), str(name)) for found in one["findings"] for name in found["evidence"]
    )
    values: dict[str, Value] = {
        "no": matter.numbers()[one["id"]],
        "need": need[lang == "en"] or None,
        "clause": one["clause"] + (f" {one['item']}" if one["item"] else ""),
        "label": "\n".join(filter(None, (one["title"][lang], requirement, levels_words(levels, lang)))),
        "machine": verdict_words(one, lang),
        "measured": matter.claims(one["id"], lang),
        "why": "\n".join(texts(one, "reason", lang)),
        "evidence": ("、" if lang == "zh" else ", ").join(evidence) or None,
        "before": _before(one["id"], matter, lang),
    }
    return Row(
        one["id"],
        values,
        frozenset() if levels else frozenset({"level"}),
        choices={"level": Choices(tuple(str(level.level) for level in levels))} if levels else {},
    )


def _before(name: str, matter: Matter, lang: Language) -> str | None:
    if matter.settles:
        words = matter.opinions.get(name)
        return None if words is None else words.in_language(lang)
    before = matter.before
    decision, rating = before.decisions.get(name), before.ratings.get(name)
    if decision is not None:
        words = OUTCOMES[decision.entry.outcome]
        if decision.entry.earned is not None:
            words = words._replace(
                zh=f"{words.zh} {decision.entry.earned} 分", en=f"{words.en}, {decision.entry.earned}"
            )
        return before_words(decision, words, lang)
    if rating is not None:
        level = rating.entry.level
        return before_words(rating, Words(f"第 {level} 档", f"level {level}"), lang)
    return None
