"""The sheets that only people read: 填写说明 and 承诺与盖章."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.model import SUBJECTS
from evaluator.workbook.form import NAMES, NUMBERED, NUMBERED_BY, Formula, Line, Page, Sheet, SheetId
from evaluator.workbook.making import Making

# Minutes that filling takes, by sheet: for each row that is preset, with the papers at hand.
_MINUTES = {"counts": 2.0, "events": 3.0, "documents": 4.0, "statements": 1.5, "units": 3.0, "street": 3.0}
_SUBJECT_MINUTES = 10.0
_MEASURES = {
    "counts": "{} 项数据",
    "events": "{} 行活动会议",
    "documents": "{} 行文件制度",
    "statements": "{} 项事项声明",
    "street": "{} 行由街道提供的内容",
}


def guide(making: Making, titles: Iterable[str], tables: Iterable[Sheet]) -> Page:
    """How to fill the form, how long it takes, and what it means."""
    listed = list(tables)
    standards = "、".join(f"“{title}”" for title in titles)
    lines = [
        Line("title", "申报表填写说明"),
        Line(
            "subtitle",
            f"单位类别：{SUBJECTS[making.kind].zh}" + (f"　适用标准：{standards}" if standards else ""),
        ),
        Line("head", "一、怎么填"),
        *(Line("text", f"{n}. {text}") for n, text in enumerate(_steps(making, listed), 1)),
        Line("head", "二、要用多久"),
        Line("text", _time(listed)),
        Line("head", "三、没有、还没有、不清楚"),
        *(Line("text", text) for text in _NOTHING),
        Line("head", "四、日期、数、文件怎么写"),
        *(Line("text", text) for text in _WRITING),
        Line("text", _numbering(making)),
        Line("head", "五、不填任何个人的信息"),
        *(Line("text", text) for text in _privacy(listed)),
        *_results(listed),
        *(Line("text", text) for text in _KEEP),
    ]
    return Page("guide", tuple(lines))


def _results(tables: Iterable[Sheet]) -> Iterator[Line]:
    number = "六"
    if _has(tables, "results"):
        yield Line("head", "六、自查结果说明什么")
        yield from (Line("text", text) for text in _RESULTS)
        number = "七"
    yield Line("head", f"{number}、请不要改动")


_EACH: dict[SheetId, str] = {
    "events": "一行写一次活动",
    "documents": "一行写一份文件",
    "street": "一行写一次活动或一份文件",
}
_ORDER: tuple[SheetId, ...] = ("counts", "events", "documents", "statements")


def _has(tables: Iterable[Sheet], *names: str) -> bool:
    return any(table.id in names for table in tables)


def _steps(making: Making, tables: Iterable[Sheet]) -> Iterator[str]:
    units = "（有单元的再填“单元”）" if making.asked.units else ""
    filled: tuple[SheetId, ...] = ("street", *_ORDER) if making.states else _ORDER
    named = "".join(f"“{NAMES[name]}”" for name in filled if _has(tables, name))
    yield f"先填“单位信息”，再依次填{named}{units}。"
    yield "浅黄色的格由填报单位填写，其他格已锁定。选中一格，旁边会显示这一格怎么填；有下拉箭头的从列表里选。"
    each = "，".join(
        f"“{NAMES[name]}”{text}" for name, text in _EACH.items() if name in filled and _has(tables, name)
    )
    yield f"{each}。标准要求的种类和次数已经列好；不够用时填下面的空行，先从列表里选类型。"
    if making.kind == "community":
        yield (
            "“街道提供”是街道、区县、市、省举办的活动和印发的文件，由街道统一填报，本表中灰色、已锁定，社区不用填；"
            "街道另交一份表的，在“单位信息”里写它的文件名。"
        )
    if making.states:
        yield "“街道提供”由街道填写一次，所辖社区在各自的“单位信息”里写本表的文件名就可以引用。"
    yield "把佐证文件的名称写在各行的“佐证文件”里，或集中登记在“佐证目录”里，并写明它证明哪一条（佐证编号）。"
    watched = "随时看“自查结果”，按“还差什么”补齐；" if _has(tables, "results") else ""
    yield f"{watched}填完把本表和佐证文件放在同一个文件夹里上交。"
    yield "打印“承诺与盖章”，在纸面上签字、盖章。"


def _time(tables: Iterable[Sheet]) -> str:
    rows = {
        table.id: sum(bool(row.item) for row in table.rows)
        for table in tables
        if table.id in _MINUTES and not table.locked
    }
    minutes = _SUBJECT_MINUTES + sum(_MINUTES[name] * number for name, number in rows.items())
    halves = max(1, round(minutes / 30))
    hours = (
        f"{halves // 2} 小时" if halves % 2 == 0 else f"{halves // 2} 个半小时" if halves > 1 else "半小时"
    )
    listed = "、".join(
        _MEASURES[name].format(number) for name, number in rows.items() if name in _MEASURES and number
    )
    what = f"本表已列好 {listed}。" if listed else ""
    return f"{what}材料齐备时，填写大约要 {hours}；可以分几次填，随时保存。"


_NOTHING = (
    "空着：还没有提交，或者还不清楚。空着不等于 0，也不等于“无”；自查时这一项待定。",
    "确实没有：数填 0，活动、文件的“有无”填“无”，事项填“否”。",
    "某一类活动或文件填了一条，就视为这一类已经填全，缺几次就按缺几次算。",
)
_WRITING = (
    "日期：写到日，如 2025-03-12；2025.3.12、2025/3/12、2025年3月12日也能读。",
    "数：只写数，不带单位；部分不能大于总数。来源文件写材料名称。",
    "文件内容：①②③……各格填写明这项内容的页码或段落，如“第3页”；只知道写了的填 √；没有写的空着。",
    "佐证文件：只写文件名，一行一个（Alt+Enter 换行）或用；分开。也可以在 WPS 里把图片嵌入单元格。",
)


def _privacy(tables: Iterable[Sheet]) -> Iterator[str]:
    yield from _PRIVACY
    if _has(tables, "statements"):
        yield _HOTLINE


def _numbering(making: Making) -> str:
    by = NUMBERED_BY.get(making.kind, "")
    e, d, s = (by + NUMBERED[name] for name in ("events", "documents", "statements"))
    return (
        f"编号：可以空着，程序按行的顺序编为 {e}1、{e}2……（活动），{d}1、{d}2……（文件），{s}1、{s}2……（事项）。"
        "要在“佐证目录”里引用的才填。"
    )


_PRIVACY = (
    "本表只反映单位的工作，不收集任何个人的信息：不填姓名、身份证号、手机号、银行卡号、名单和任何人的民族、信仰、家庭情况。",
    "参加活动的只填应到、实到人数。标题、说明、文件名、批注里也不要写个人的信息；读到这些号码、名单，整份表会被退回。",
)
_HOTLINE = "只有公布的服务热线可以写在“事项声明”对应一行的“说明”里。"
_RESULTS = (
    "“自查结果”由公式随填随算，不用联网，不用安装别的程序：每项指标是否达标、还差多少、还等什么。",
    "公式判断不了的会写明，由检查人员核验。正式得分以评分程序算出的为准。",
    "“自评档次”供单位给需要评档的指标自评，只印出来对照，不计分。",
)
_KEEP = (
    "不要删除工作表、给工作表改名或合并单元格；隐藏的行、列和工作表供程序识别，请保留。列宽、行高可以调整，行可以筛选。",
    "本表不含宏，用 WPS 或 Excel 都能打开；另存时请仍用 .xlsx 格式。",
)


def pledge(subject: Sheet) -> Page:
    """What the institution declares on paper; nothing of it is read."""
    rows = {row.item: n for n, row in enumerate(subject.rows)}
    name = subject.at("value", rows["name"])
    stated = subject.rows[rows["name"]].values.get("value") or ""
    lines = (
        Line("title", "承诺与盖章"),
        Line("text", "本单位承诺："),
        Line("text", "一、本表所填内容真实、准确、完整，与佐证材料一致，可供核查。"),
        Line("text", "二、本表和佐证材料不含任何个人的姓名、证件号码、电话号码、银行卡号和名单。"),
        Line("text", "三、所填内容有误的，及时更正；弄虚作假的，按有关规定承担责任。"),
        Line("sign", Formula(f'"单位（盖章）："&{name}', f"单位（盖章）：{stated}")),
        Line("sign", "负责人（签字）："),
        Line("sign", "日期：　　　　年　　月　　日"),
        Line("sign", "上级单位意见："),
        Line("sign", "上级单位（盖章）：　　　　　　　　　　日期：　　　　年　　月　　日"),
        Line("text", "签字、盖章在打印后的纸面上完成；电子表里不填姓名。本页不参加评分。"),
    )
    return Page("pledge", lines)
