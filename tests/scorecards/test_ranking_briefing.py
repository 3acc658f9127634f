"""The briefing of a ranking: findings first, then tables, then the rules."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from evaluator.ranking import Entry, Extent
from scorecards import as_text, render_html, render_pdf
from scorecards.columns import plot_columns
from scorecards.model import Column, Columns
from scorecards.ranking import ranking_report
from scorecards.ranking_rules import RULES
from scorecards.ranking_words import INTEGRITY
from scorecards.wording import Language
from tests.evaluator.ranking.entries import Crowd, entry, rank, ranked_crowd, tally
from tests.scorecards.conftest import Printed

ROOT = Path(__file__).parents[2]


def findings(document: object, lang: Language = "zh") -> str:
    """The text of the first part."""
    text = as_text(ranking_report(document, lang))  # type: ignore[arg-type]
    return text.split("\n## ")[1]


def test_each_finding_is_a_sentence_with_its_numbers() -> None:
    found = rank(
        entry("a", 95),
        entry("b", "88.5", 90),
        entry("c", 50, vetoes=("c1",)),
        entry("d", 50, integrity=("same_day",)),
        tallies=(
            tally("c1", "satisfied", 1, 60),
            tally("c1", "not_satisfied", 3, 0, short=Fraction(2), of="model_buildings"),
        ),
        previous=(entry("a", 80), entry("d", 60)),
        refused=2,
    )
    scores = (
        "已确认分的中位数是 69.25 分（最高可达的中位数 70.00 分），中间一半的单位在 50.00 至 90.13 分之间，"
        "最低 50.00 分，最高 95.00 分。"
    )
    assert findings(found.document).splitlines() == [
        "一、主要发现",
        "1. 共评 4 个单位：达标 1 个（25.00%），未达标 2 个，待定 1 个。另有 2 份申报退回，未计入。",
        "2. 参加排名 2 个；其余不排名：一票否决未过 1 个、等级未定 1 个。",
        f"3. {scores}",
        "4. 离达标线（示范，90 分）2 分以内：线下 1 个，线上 0 个。",
        "5. 没有做到的单位最多的指标：“1 标题”，3 个单位（75.00%）；文明楼组数缺口中位数和最大都是 2 个。",
        "6. 与上年对得上的 2 个单位中，1 个升、1 个降，变化的中位数 +2.50 分；新达标 1 个，不再达标 0 个。",
        "7. 比上年变化最大的类目是“类目”（得分率 +0.88 个百分点）。",
        "8. 1 个单位有数据提示（不改变分数），最多的是同一天有多项 1 个。",
    ]


def test_what_was_mixed_is_said_first_and_prominently() -> None:
    found = rank(entry("a", 95), entry("b", 94, stage="self_check"))
    first = findings(found.document).splitlines()[1]
    assert first == "1. 注意：放在一起排的结果不一致，比较前请先分开——阶段：验收 1 个、自查 1 个。"


def test_hidden_numbers_are_said_to_be_hidden() -> None:
    found = findings(rank(entry("a", 95)).circulated)
    assert "共评 不足 10 个单位" in found
    assert not re.search(r"(?<![0-9.])[1-9] 个", found)


def test_english_says_the_same_without_a_chinese_word_of_its_own() -> None:
    found = rank(entry("a", 95), entry("b", 50), refused=1).document
    text = as_text(ranking_report(found, "en"))
    assert (
        "1. 2 subjects were judged: 1 accepted (50.00%), 1 not, 0 undecided. 1 submissions were refused"
        in text
    )
    assert not re.search("[\u4e00-\u9fff]", re.sub("社区.|云南省|昆明市", "", text))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_rules_of_ranking_are_printed_in_full(lang: Language) -> None:
    text = as_text(ranking_report(rank(entry("a", 95)).circulated, lang))
    for rule in RULES:
        assert rule.text[lang == "en"].translate(str.maketrans("“”", '""')) in text.translate(
            str.maketrans("“”", '""')
        )


def test_the_page_for_inspectors_has_every_rule_as_it_is_printed() -> None:
    page = (ROOT / "docs" / "ranking.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"**{rule.heading[0]}**" in page
        assert rule.text[0].replace("“", "").replace("”", "") in page.replace("`", "").replace(
            "“", ""
        ).replace("”", "")


def test_every_code_of_an_integrity_finding_has_its_words() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    listed = glossary.split("## Integrity findings")[1].split("\n## ")[0]
    codes = {
        code
        for line in listed.splitlines()
        if line.startswith("| `")
        for code in re.findall("`([a-z_]+)`", line.split("|")[1])
    }
    assert codes == set(INTEGRITY)


def test_columns_are_black_hatched_and_white_and_as_high_as_their_counts() -> None:
    chart = Columns(
        "t", (Column("0–5", (0.5, 0.25, 0.25), "4"), Column("5–10", (0.5,), "2")), ("yes", "open", "no")
    )
    plotted = plot_columns(chart)
    boxes = plotted.columns[0].boxes
    assert [one.fill for one in boxes] == ["#333", "#fff", "#fff"]
    assert [bool(one.hatch) for one in boxes] == [False, True, False]
    assert boxes[0].height == 2 * boxes[1].height
    assert len(plotted.columns[1].boxes) == 1


def test_the_page_shows_the_chart_with_its_numbers() -> None:
    html = render_html(ranking_report(rank(entry("a", 95), entry("b", 50)).document))
    assert html.count("<svg") == 2
    assert "达标线 90" in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_findings_stand_on_the_first_page(tmp_path: Path, lang: Language) -> None:
    crowd = Crowd(30)
    mixed = ranked_crowd(crowd, previous=Crowd(30, seed=2), refused=3)
    path = tmp_path / "briefing.pdf"
    report = ranking_report(mixed.document, lang)
    path.write_bytes(render_pdf(report))
    pages = Printed(path).pages()
    last = report.parts[0].intro[-1].text
    assert last.split(" ")[0] in pages[0]
    assert len(report.parts[0].intro) >= 10
    assert report.parts[-1].heading in pages[-1] or report.parts[-1].heading in pages[-2]
    assert all(f"—{n}—" in page.replace(" ", "") for n, page in enumerate(pages, 1))


def test_the_same_ranking_gives_the_same_pdf() -> None:
    report = ranking_report(rank(entry("a", 95)).document)
    assert render_pdf(report) == render_pdf(report)


def reviewed(name: str, floor: int, said: int) -> Entry:
    return entry(name, floor, claimed=Extent(Fraction(said), Fraction(100)))


def test_a_finding_says_what_the_reviews_changed() -> None:
    found = rank(reviewed("a", 95, 96), reviewed("b", 61, 92), reviewed("c", 90, 80), entry("d", 91))
    assert (
        "有复核的 3 个单位中，终评低于自评 2 个、高于自评 1 个、相同 0 个，差的中位数是 -1.00 分。"
        in findings(found.document)
    )
    assert "复核" not in findings(found.circulated)


def test_what_circulates_tells_of_ten_reviews_only_the_median() -> None:
    found = rank(*(reviewed(f"e{n}", 90, 91 + n % 3) for n in range(12)))
    assert "有复核的 12 个单位，终评与自评之差的中位数是 -2.00 分。" in findings(found.circulated)


def test_years_of_different_stages_are_said_not_to_be_progress() -> None:
    found = rank(entry("a", 95), previous=(entry("a", 80, stage="self_check"),))
    assert "注意：两年的阶段不同，升降不宜当作进退。" in findings(found.document)
    assert "升降不宜" not in findings(rank(entry("a", 95), previous=(entry("a", 80),)).document)


def test_years_between_which_nothing_moved_name_no_greatest_change() -> None:
    assert "变化最大" not in findings(rank(entry("a", 95), previous=(entry("a", 95),)).document)


def test_the_table_of_criteria_says_short_once_in_its_head() -> None:
    tallies = (tally("c1", "not_satisfied", 3, 0, short=Fraction(2), of="model_buildings"),)
    text = as_text(ranking_report(rank(entry("a", 50), tallies=tallies).document, "zh"))
    assert "文明楼组数：中位数和最大都是 2 个" in text.split("四、")[1]


def test_a_list_that_is_whole_does_not_say_that_it_is_the_first_of_one() -> None:
    few = rank(*(entry(f"e{n}", 50, vetoes=("c1",)) for n in range(3)))
    many = rank(*(entry(f"e{n:02}", 50, vetoes=("c1",)) for n in range(41)))
    assert "全部见工作簿“待定与否决”" not in as_text(ranking_report(few.document))
    assert "列前 40 个，全部见工作簿“待定与否决”" in as_text(ranking_report(many.document))
