"""A community worker edits an example by hand and makes the usual mistakes: each message names the line and the mend.

Each row: what stands in the file, what is written instead, and the message that it must get, in Chinese.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluator import SubmissionError, load_submission

TEXT = (Path(__file__).resolve().parents[2] / "examples/kunming-model-community/middling.yaml").read_text(
    "utf-8"
)
COUNT, DATE, TITLE = "  buildings: 40", 'date: "2025-06-12"', 'title: "2025年6月示范社区创建意义宣传活动"'
NAME, FILES, YES = 'name: "翠湖岸社区"', "files: [e01.jpg]}", "value: true"
QUOTES = '[syntax] 引号没有成对。前后各用一个英文引号 "'
UNEVEN = "[syntax] 这一行与上一行的缩进不一致。同一层的各行，行首空格数要一样"
BRACKET = "[syntax] 括号没有成对，或两项之间缺少英文逗号。补上 }、] 或英文逗号"
NUMBER = "不是可以采用的数。填不小于 0 的数，如 40 或 40.5，不带单位"
TRUTH = "[bool_type] statements.S01.value：应为 true 或 false。是写 true，否写 false；小写，不加引号"
IDENTIFIER = "标识只用小写字母、数字、- 和 _，不超过 64 字"

MISTAKES = {
    # colons
    "全角冒号": (
        COUNT,
        "  buildings：40",
        "13:12: [syntax] buildings 后面的冒号是全角的“：”。改成英文冒号，后面空一格：“buildings: ”",
    ),
    "全角冒号（段首）": ("counts:\n", "counts：\n", "10:7: [syntax] counts 后面的冒号是全角的“：”"),
    "全角冒号（首行）": (
        "submission: 1",
        "submission：1",
        "2:11: [syntax] submission 后面的冒号是全角的“：”",
    ),
    "全角冒号（顶层）": ('as_of: "', 'as_of："', "9:6: [syntax] as_of 后面的冒号是全角的“：”"),
    "全角冒号（花括号里）": ("{id: E01,", "{id：E01,", "25:6: [glued_key] id 后面的冒号是全角的“：”"),
    "冒号后没有空格": (
        COUNT,
        "  buildings:40",
        "13:12: [syntax] buildings 的冒号后面没有空格。冒号后面空一格：“buildings: ”",
    ),
    "冒号后没有空格（花括号里）": (
        "type: mobilisation",
        "type:mobilisation",
        "27:15: [glued_key] type 的冒号后面没有空格",
    ),
    "冒号后没有空格（引号前）": ('as_of: "', 'as_of:"', "9:6: [syntax] as_of 的冒号后面没有空格"),
    "没有冒号": (COUNT, "  buildings 40", "13:3: [syntax] 这一行没有冒号。写成“键: 值”"),
    "文字里有英文冒号": (
        NAME,
        "name: 翠湖岸: 社区",
        "5:12: [syntax] 文字里有英文冒号。给整段文字加上英文引号，或改用全角冒号",
    ),
    # blanks
    "制表符缩进": (COUNT, "\tbuildings: 40", "13:1: [syntax] 行首用了制表符（Tab）。缩进只用空格"),
    "全角空格缩进": (COUNT, "\u3000buildings: 40", "13:1: [syntax] 这里是全角空格或不间断空格。改成普通空格"),
    "冒号后全角空格": (COUNT, "  buildings:\u300040", "13:13: [syntax] 这里是全角空格或不间断空格"),
    "冒号后不间断空格": (COUNT, "  buildings:\u00a040", "13:13: [syntax] 这里是全角空格或不间断空格"),
    "缩进多了": (COUNT, "   buildings: 40", f"13:4: {UNEVEN}"),
    "缩进少了": (COUNT, " buildings: 40", f"13:2: {UNEVEN}"),
    "没有缩进": (COUNT, "buildings: 40", f"14:3: {UNEVEN}"),
    "列表缩进多了": ("  - {id: E02", "    - {id: E02", f"26:5: {UNEVEN}"),
    # dashes
    "横线后没有空格": ("  - {id: E01", "  -{id: E01", "25:3: [syntax] “-”后面没有空格。“-”后面空一格"),
    "缺少横线": ("  - {id: E01", "  {id: E01", "26:3: [syntax] 行首的“- ”与上一行不一致"),
    "多了横线": (COUNT, "  - buildings: 40", "13:3: [syntax] 行首的“- ”与上一行不一致"),
    # quotes
    "缺少右引号": (NAME, 'name: "翠湖岸社区', f"5:9: {QUOTES}"),
    "缺少右引号（花括号里）": (TITLE, TITLE[:-1], f"25:81: {QUOTES}"),
    "引号里又有引号": (
        TITLE,
        'title: "2025年"宣传"活动"',
        "25:88: [syntax] 引号里面又有英文引号。里面的改成中文引号“”",
    ),
    "反斜杠": (
        TITLE,
        'title: "D:\\资料"',
        "25:84: [syntax] 双引号里的反斜杠写法不对。改用 / 或写成两个反斜杠",
    ),
    "以 % 开头": (NAME, "name: %翠湖", "5:9: [syntax] 文字不能以 % 开头。给整段文字加上英文引号"),
    "以 * 开头": (NAME, "name: *翠湖", "5:9: [syntax] 文字不能以 * 开头"),
    "以 # 开头": (
        NAME,
        "name: #翠湖",
        "5:3: [string_type] subject.name：没有内容。填写，或删去这一行；以 # 开头的文字要加英文引号",
    ),
    # commas and brackets
    "全角逗号": (DATE + ",", DATE + "，", "25:72: [syntax] 这里的“，”是全角的。改成英文的“, ”"),
    "全角逗号（无引号）": (DATE + ",", "date: 2025-06-12，", "25:70: [syntax] 这里的“，”是全角的"),
    "全角花括号": ("  - {id: E01", "  - ｛id: E01", "25:5: [syntax] 这里的“｛”是全角的。改成英文的“{”"),
    "全角方括号": (
        FILES,
        "files: 【e01.jpg】}",
        "25:104: [tuple_type] events.E01.files：应为列表。写成 [e01.jpg]，各项之间用英文逗号",
    ),
    "缺少右花括号": (FILES, "files: [e01.jpg]", f"25:5: {BRACKET}"),
    "缺少右方括号": (FILES, "files: [e01.jpg}", f"25:119: {BRACKET}"),
    "行末多了逗号": (FILES, f"{FILES},", "25:121: [syntax] 行末多了逗号。删去逗号"),
    "文字里有英文逗号": (
        TITLE,
        "title: 6月宣传,活动",
        "25:86: [extra_forbidden] events.E01.活动：文字被英文逗号断开了。给整段文字加上引号，或改用中文逗号",
    ),
    # dates
    "斜线日期": (
        DATE,
        "date: 2025/3/12",
        '25:54: [bad_date] events.E01.date：“2025/3/12”不是日期。写成 "2025-03-12"',
    ),
    "点日期": (
        DATE,
        "date: 2025.6.2",
        '25:54: [bad_date] events.E01.date：“2025.6.2”不是日期。写成 "2025-06-02"',
    ),
    "中文日期": (
        DATE,
        "date: 2025年6月12日",
        '25:54: [bad_date] events.E01.date：“2025年6月12日”不是日期。写成 "2025-06-12"',
    ),
    "少写零": (
        DATE,
        "date: 2025-6-2",
        '25:54: [bad_date] events.E01.date：“2025-6-2”不是日期。写成 "2025-06-02"',
    ),
    "连写日期": (
        DATE,
        "date: 20250612",
        '25:54: [bad_date] events.E01.date：“20250612”不是日期。写成 "2025-06-12"',
    ),
    "全角日期": (
        DATE,
        "date: ２０２５-06-12",
        '25:54: [bad_date] events.E01.date：“２０２５-06-12”不是日期。写成 "2025-06-12"',
    ),
    "中文引号日期": (
        DATE,
        "date: “2025-06-12”",
        '25:54: [bad_date] events.E01.date：““2025-06-12””不是日期。写成 "2025-06-12"',
    ),
    "没有这一天": (
        DATE,
        "date: 2025-06-31",
        "25:54: [bad_date] events.E01.date：“2025-06-31”不是日期。没有这一天，请核对月和日",
    ),
    "只有年月": (
        DATE,
        "date: 2025年6月",
        '25:54: [bad_date] events.E01.date：“2025年6月”不是日期。写成 "2025-03-12" 的样子',
    ),
    "日期没填": (DATE, "date: ", '25:54: [bad_date] events.E01.date：没有填日期。写成 "2025-03-12" 的样子'),
    "起止颠倒": (
        '{from: "2025-01-01", to: "2025-12-31"}',
        "{from: 2025-12-31, to: 2025-01-01}",
        "8:1: [reversed_period] period：评估期的止日早于起日。对调 from 与 to",
    ),
    # numbers
    "带单位": (
        COUNT,
        "  buildings: 40个",
        "13:3: [bad_number] counts.buildings：“40个”不是可以采用的数。只写数：40",
    ),
    "千分位": (
        "  families: 1200",
        "  families: 1,200",
        "15:3: [bad_number] counts.families：“1,200”不是可以采用的数。只写数：1200",
    ),
    "全角数字": (
        COUNT,
        "  buildings: ４０",
        "13:3: [bad_number] counts.buildings：“４０”不是可以采用的数。只写数：40",
    ),
    "汉字数字": (COUNT, "  buildings: 四十", f"13:3: [bad_number] counts.buildings：“四十”{NUMBER}"),
    "约数": (COUNT, "  buildings: 约40", f"13:3: [bad_number] counts.buildings：“约40”{NUMBER}"),
    "负数": (COUNT, "  buildings: -1", f"13:3: [bad_number] counts.buildings：“-1”{NUMBER}"),
    "百分数": (COUNT, "  buildings: 5%", f"13:3: [bad_number] counts.buildings：“5%”{NUMBER}"),
    "数没填": (
        COUNT,
        "  buildings:",
        "13:3: [bad_number] counts.buildings：没有填数。没有就填 0，不清楚就删去这一行",
    ),
    "小数": (COUNT, "  buildings: 40.5", "13:3: [not_whole] 楼组（单位）总数应为整数。改为整数"),
    "部分大于总数": (
        "model_buildings: 1",
        "model_buildings: 41",
        "14:3: [part_over_whole] 民族团结文明楼组（单位）数 41 大于楼组（单位）总数 40。核对两个数，部分不能大于总数",
    ),
    # yes and no
    "写了是": (YES, "value: 是", f"97:47: {TRUTH}"),
    "写了 yes": (YES, "value: yes", f"97:47: {TRUTH}"),
    "写了 True": (YES, "value: True", f"97:47: {TRUTH}"),
    "加了引号的 true": (YES, 'value: "true"', f"97:47: {TRUTH}"),
    # names
    "编号重复": ("id: E02", "id: E01", "26:6: [repeated_id] 编号 E01 重复。每条佐证用不同的编号"),
    "键重复": (COUNT, f"{COUNT}\n  buildings: 41", "14:3: [duplicate_key] 键 buildings 重复。只保留一处"),
    "数据项写错": (
        COUNT,
        "  bildings: 40",
        "13:3: [unknown_item] 目录中没有数据项 bildings。是否想写 buildings",
    ),
    "数据项写成汉字": (
        COUNT,
        "  楼组数: 40",
        f"13:3: [string_pattern_mismatch] 键 counts.楼组数 的写法不对。{IDENTIFIER}",
    ),
    "段名写错": ("events:\n", "event:\n", "24:1: [extra_forbidden] 未知的键 event。是否想写 events"),
    "段名无从猜起": ("none: [", "nix: [", "107:1: [extra_forbidden] 未知的键 nix。"),
    "类别写成汉字": (
        "kind: community",
        "kind: 社区",
        "6:3: [literal_error] subject.kind：不能是 社区。写成 community",
    ),
    "标识写成汉字": (
        "id: cuihu-an",
        "id: 翠湖岸",
        f"4:3: [string_pattern_mismatch] subject.id：“翠湖岸”的写法不对。{IDENTIFIER}",
    ),
    "标识是数字": (
        "id: cuihu-an",
        "id: 530103",
        '4:3: [string_type] subject.id：应为文字。加上英文引号："530103"',
    ),
    "编号是数字": ("id: E01", "id: 1", '25:6: [string_type] events.#1.id：应为文字。加上英文引号："1"'),
    "编号写成汉字": (
        "id: E01",
        "id: 活动1",
        "25:6: [string_pattern_mismatch] events.活动1.id：“活动1”的写法不对。编号只用字母、数字、-、_ 和 .，如 E01",
    ),
    "文件没有方括号": (
        FILES,
        "files: e01.jpg}",
        "25:104: [tuple_type] events.E01.files：应为列表。写成 [e01.jpg]，各项之间用英文逗号",
    ),
    "缺少日期": (f"{DATE}, ", "", "25:5: [missing] 缺少 events.E01.date"),
    "缺少单位类别": ("  kind: community\n", "", "3:1: [missing] 缺少 subject.kind"),
    "说没有又填了": (
        "none: [knowledge_contest]",
        "none: [mobilisation_meeting]",
        "107:8: [none_yet_some] mobilisation_meeting 申报为“没有”，却又填了条目。删去其中一处",
    ),
    "版本加了引号": (
        "submission: 1",
        'submission: "1"',
        "2:1: [literal_error] submission：1 加了引号。去掉引号",
    ),
    "级别写成汉字": (
        "level: 2",
        "level: 二",
        "109:25: [int_type] ratings.#1.level：应为整数。用阿拉伯数字，不加引号",
    ),
    "活动一项没填": (
        TEXT.partition("events:\n")[2],
        "",
        "24:1: [tuple_type] events：没有内容。填写，或删去这一行",
    ),
    "别类单位的数据项": (
        "kind: community",
        "kind: city",
        "residential_quarters 不由市填报。删去这一项，或核对单位类别",
    ),
    "两份文档": ("events:\n", "---\nevents:\n", "24:1: [second_document] 一个文件里有多份文档（---）"),
}

BYTES = {
    "GBK 编码": (
        TEXT.replace("〔", "[").encode("gbk", "replace"),
        ".yaml:1: [encoding] 文件不是 UTF-8 编码。另存为 UTF-8（记事本：另存为，编码选 UTF-8）",
    ),
    "UTF-16 编码": (TEXT.encode("utf-16"), ".yaml:1: [encoding] 文件不是 UTF-8 编码"),
    "改了扩展名的表格": (
        b"PK\x03\x04\x14\x00\x06\x00\xff",
        ".yaml:1: [encoding] 这不是文本文件。表格或文档改了扩展名也不行，要另存为文本",
    ),
    "空文件": (b"", ".yaml:1: [not_a_mapping] 文件是空的。可参照 examples 里的例子"),
    "只有注释": ("# 待填\n".encode(), ".yaml:1: [not_a_mapping] 文件是空的"),
    "一段文字": (
        "社区情况说明".encode(),
        ".yaml:1: [not_a_mapping] 文件里应是一行行的“键: 值”。可参照 examples 里的例子",
    ),
}

HARMLESS = {
    "日期没有引号": TEXT.replace('"2025-06-12"', "2025-06-12").replace('"2025-10-15"', "2025-10-15"),
    "数加了引号": TEXT.replace(COUNT, '  buildings: "40"'),
    "冒号后是制表符": TEXT.replace(COUNT, "  buildings:\t40"),
    "文字里有全角冒号": TEXT.replace(NAME, "name: 翠湖岸：社区"),
    "文字用了中文引号": TEXT.replace(TITLE, "title: “2025年6月”宣传活动"),
    "文字写了两行": TEXT.replace(TITLE, 'title: "2025年6月\n      宣传活动"'),
    "以零开头的标识": TEXT.replace("id: cuihu-an", "id: 0530103"),
    "Windows 换行": TEXT.replace("\n", "\r\n"),
    "旧 Mac 换行": TEXT.replace("\n", "\r"),
    "BOM": f"\ufeff{TEXT}",
    "末尾没有换行": TEXT.rstrip(),
}


def messages(path: Path, language: str = "zh") -> list[str]:
    with pytest.raises(SubmissionError) as refused:
        load_submission(path)
    return [problem.in_language(language).removeprefix(str(path)) for problem in refused.value.problems]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_its_mend(tmp_path, name) -> None:
    old, new, message = MISTAKES[name]
    assert old in TEXT
    path = tmp_path / "ours.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    found = messages(path)
    if name == "别类单位的数据项":
        assert any(message in one for one in found)
        return
    assert len(found) == 1, found
    assert found[0].removeprefix(":").startswith(message)
    assert not re.search(r"[\u3400-\u9fff][:;,]", found[0].replace("“键: 值”", "")), (
        "Chinese takes full-width punctuation"
    )
    # Only its first words were given: then it is no longer than a line of the table that gives all of them.
    assert "None" not in found[0]


@pytest.mark.parametrize("name", MISTAKES)
def test_in_english_too(tmp_path, name) -> None:
    old, new, _ = MISTAKES[name]
    path = tmp_path / "ours.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    written = set(re.findall(r"[\u3400-\u9fff]+", TEXT + new))
    for one in messages(path, "en"):
        assert {
            word for word in re.findall(r"[\u3400-\u9fff]+", one) if not any(word in it for it in written)
        } == set()
        assert "None" not in one


@pytest.mark.parametrize("name", BYTES)
def test_a_file_that_is_no_such_text_is_named(tmp_path, name) -> None:
    content, message = BYTES[name]
    (tmp_path / "ours.yaml").write_bytes(content)
    found = messages(tmp_path / "ours.yaml")
    assert len(found) == 1
    assert f".yaml{found[0]}".startswith(message)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_no_harm_is_read_as_it_was_meant(tmp_path, name) -> None:
    (tmp_path / "ours.yaml").write_bytes(HARMLESS[name].encode())
    (tmp_path / "theirs.yaml").write_text(TEXT, encoding="utf-8")
    ours, theirs = load_submission(tmp_path / "ours.yaml"), load_submission(tmp_path / "theirs.yaml")
    assert (ours.counts, ours.period, ours.as_of) == (theirs.counts, theirs.period, theirs.as_of)
    assert [one.date for one in ours.events] == [one.date for one in theirs.events]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"submission": 1,}', ":1:18: [syntax] JSON 语法有误。常见原因："),
        ('{"submission"：1}', ":1:14: [syntax] JSON 语法有误。常见原因：引号、冒号或逗号是全角的"),
        (
            '{\n\t"submission": 1,\n\t"submission": 1\n}',
            ":3:2: [duplicate_key] 键 submission 重复。只保留一处",
        ),
        (
            '{\n  "submission": 1,\n  "subject": {"id": "a", "name": "\\ud800"}\n}',
            ":3:35: [half_character] ",
        ),
    ],
)
def test_json_is_told_its_place_too(tmp_path, text, message) -> None:
    (tmp_path / "ours.json").write_text(text, encoding="utf-8")
    found = messages(tmp_path / "ours.json")
    assert len(found) == 1, found
    assert found[0].startswith(message)


def test_several_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(
        TEXT.replace(COUNT, "  buildings: 40个").replace(DATE, "date: 2025/6/12").replace(YES, "value: 是")
    )
    found = messages(path)
    lines = [int(one.split(":")[1]) for one in found]
    assert lines == sorted(lines)
    dates = TEXT.count(DATE)
    assert [sum(code in one for one in found) for code in ("[bad_number]", "[bad_date]", "[bool_type]")] == [
        1,
        dates,
        10,
    ]
