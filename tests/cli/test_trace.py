"""``duibiao rules trace``: what a policy officer types, sees, and finds in the ruleset's folder."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "rules" / "trace-example"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A copy of the example: ``book-corner`` and ``notice.txt``."""
    shutil.copytree(EXAMPLE, tmp_path / "mine")
    return tmp_path / "mine"


def trace(duibiao, mine, *options, **more):
    return duibiao("rules", "trace", mine / "book-corner", "--text", mine / "notice.txt", *options, **more)


def test_without_pins_it_says_that_nothing_is_confirmed_and_how_to_confirm(duibiao, mine) -> None:
    done = trace(duibiao, mine)
    assert done.code == 1
    assert "[nothing_confirmed] 待确认：还没有一项指标与原文核对确认过" in done.out
    assert "--confirm-all --on 日期" in done.out
    assert "二(二) 第 19 行：二(三) → 二(二)" in done.out
    assert not (mine / "book-corner" / "trace.yaml").exists()


def test_after_confirming_it_is_clean_until_something_changes(duibiao, mine, edit) -> None:
    done = trace(duibiao, mine, "--confirm-all", "--on", "2025-10-15")
    assert (done.code, done.err.splitlines()) == (
        0,
        ["确认 6 项指标、4 条没有指标引用的条款，记入 trace.yaml", "全文摘要已记下"],
    )
    assert trace(duibiao, mine).out.endswith("与原文一致，没有要处理的\n")
    edit(mine / "book-corner" / "ruleset.yaml", "门口能看到开放时间", "门口和网上能看到开放时间")
    edit(mine / "notice.txt", "写明借期和赔偿办法", "写明借期、续借和赔偿办法")
    again = trace(duibiao, mine)
    assert again.code == 1
    assert re.findall(r"ruleset.yaml:\d+:\d+: \[(\w+)\] 待确认：(bc-\d)", again.out) == [
        ("criterion_changed", "bc-4"),
        ("cited_clause_changed", "bc-5"),
    ]
    assert trace(duibiao, mine, "--confirm", "bc-4，bc-5", "--on", "2025-11-01").code == 0
    pins = (mine / "book-corner" / "trace.yaml").read_text(encoding="utf-8")
    assert pins.count('"2025-11-01"') == 2
    assert "借期" not in pins


def test_what_is_faulty_is_refused_by_name_and_the_rest_is_confirmed(duibiao, mine, edit) -> None:
    edit(mine / "book-corner" / "ruleset.yaml", 'at_least: "500"', 'at_least: "600"')
    done = trace(duibiao, mine, "--confirm-all", "--on", "2025-10-15")
    assert done.code == 1
    assert "有误、没有确认的 1 项：bc-2" in done.err
    assert "basis.threshold 写作 source，600 却不是 一(二) 里的数" in done.out
    assert "指标：共 6，已确认 5，有误 1" in done.out


def test_the_answer_as_json_has_digests_and_no_text(duibiao, mine) -> None:
    done = trace(duibiao, mine, "--format", "json")
    found = json.loads(done.out)
    assert (done.code, found["trace"], found["text"]["lines"]) == (1, 1, 23)
    assert [one["status"] for one in found["criteria"]] == ["new"] * 6
    assert found["clauses"][3]["cited_by"] == ["bc-2", "bc-3"]
    assert found["discrepancies"][0]["code"] == "nothing_confirmed"
    assert "图书角应" not in done.out
    assert "blocks" not in found


def test_in_english(duibiao, mine) -> None:
    done = trace(duibiao, mine, locale="en_US.UTF-8")
    assert "nothing has been confirmed against the text yet" in done.out
    assert "criteria: 6 in all, not confirmed 6" in done.out


class Page(HTMLParser):
    """The marked words of a page, and every address that it names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.marked: dict[str, list[str]] = {"mark": [], "del": [], "ins": [], "h3": []}
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        for tag, words in self.marked.items():
            if tag in self.open:
                words.append(data)


def test_the_report_shows_the_text_beside_the_criteria_and_loads_nothing(duibiao, mine, tmp_path) -> None:
    done = trace(duibiao, mine, "--out", tmp_path / "report.html")
    assert f"对照报告：{tmp_path / 'report.html'}" in done.err
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "五百册" in page.marked["mark"]
    assert page.marked["del"] == ["印错的字", "（三）"]
    assert "二(二)" in page.marked["ins"]
    assert "藏书数量" in page.marked["h3"]
    assert all(one.startswith("#") and one[1:] in page.ids for one in page.addresses)
    assert len(page.ids) == len(set(page.ids))
    assert "url(" not in text
    assert text.index("藏书不少于") < text.index("藏书数量") < text.index("应在门口")


def test_a_word_file_given_as_text_is_refused_and_nothing_is_written(duibiao, mine) -> None:
    (mine / "notice.txt").write_bytes(b"PK\x03\x04word/document.xml")
    done = trace(duibiao, mine, "--confirm-all", "--on", "2025-10-15")
    assert done.code == 2
    assert (
        "notice.txt: [not_plain_text] 这是 Word、WPS 或表格文件，不是纯文本。用 Word 或 WPS 打开" in done.err
    )
    assert not (mine / "book-corner" / "trace.yaml").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--confirm", "bc-1"), "确认要写明核对的日期：--on 2025-10-15"),
        (("--confirm", "bc-1", "--confirm-all", "--on", "2025-10-15"), "--confirm 与 --confirm-all 只写一种"),
        (("--on", "2025-10-15"), "--on 只与 --confirm、--confirm-all 同用"),
        (("--confirm", "bc-9", "--on", "2025-10-15"), "--confirm bc-9：没有这个指标"),
        (("--out", "report.pdf"), "文件名以 .html 结尾"),
    ],
)
def test_a_misuse_is_told_and_nothing_is_written(duibiao, mine, options, words) -> None:
    done = trace(duibiao, mine, *options)
    assert done.code == 2
    assert words in done.err
    assert not (mine / "book-corner" / "trace.yaml").exists()


def test_the_faults_of_all_files_are_told_at_once(duibiao, mine, edit) -> None:
    edit(mine / "book-corner" / "ruleset.yaml", "level: must", "level: most")
    edit(mine / "book-corner" / "clauses.yaml", "normative: false", "normative: 否")
    (mine / "book-corner" / "trace.yaml").write_text("trace: 2\n", encoding="utf-8")
    (mine / "notice.txt").unlink()
    done = trace(duibiao, mine)
    assert done.code == 2
    assert "共 4 处问题" in done.err


def test_a_text_of_another_standard_is_suspected_in_the_last_line(duibiao, mine) -> None:
    (mine / "notice.txt").write_text("一、目的\n（一）甲。\n二、其他\n", encoding="utf-8")
    done = trace(duibiao, mine)
    assert done.code == 1
    assert done.out.splitlines()[-1] == "一半以上的指标对不上：请先核对给的是不是这个标准的全文"
