"""The rules of ranking in words: printed in full in the workbook, the briefing and docs/ranking.md.

The same rules in code: ``evaluator.ranking.standing``, ``figures`` and ``suppression``.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """One rule: what it is about and what it says, in Chinese and in English."""

    heading: tuple[str, str]
    text: tuple[str, str]


RULES: tuple[Rule, ...] = (
    Rule(
        ("谁参加排名", "Who is ranked"),
        (
            (
                "等级已定、达标与否已定、没有一票否决项未过或待定的单位参加排名。其余单位列入“待定与否决”，写明原因，不给"
                "名次。"
            ),
            (
                "A subject is ranked where its grade and its acceptance are decided and no veto has failed or is open. "
                "All others stand under “Undecided and vetoed” with the reason, and have no rank."
            ),
        ),
    ),
    Rule(
        ("等级未定", "Undecided grades"),
        (
            "已确认分与最高可达分属不同等级的，等级未定，不当作已定的排名。",
            (
                "Where the confirmed score and the highest that can be reached mean different grades, the grade is "
                "undecided, and the subject is not ranked as if it were decided."
            ),
        ),
    ),
    Rule(
        ("一票否决", "Vetoes"),
        (
            "有一项一票否决未过就不排名，只限制等级的也一样；一票否决待定的也不排名，因为它还可能改变结论。",
            (
                "One failed veto is enough not to be ranked, also one that only limits the grade; nor is a subject ranked "
                "while a veto is open, since that can still change the conclusion."
            ),
        ),
    ),
    Rule(
        ("按什么排", "Ranked by what"),
        (
            "只按已确认分从高到低排。已确认分是尚未判定的一律按 0 分算的分数；最高可达只列在旁边，不参与排序。",
            (
                "By the confirmed score alone, from high to low. What is undecided counts as nothing in it; the highest "
                "score that can be reached stands beside it and decides no rank."
            ),
        ),
    ),
    Rule(
        ("并列", "Ties"),
        (
            (
                "已确认分的精确值相同才并列，并列的名次相同，其后顺延（1、2、2、4）。并列的按标识排列，先后不表示高低。分"
                "数至少印两位小数，名次不同的单位必要时多印几位，不会印成同一个数。"
            ),
            (
                "Subjects tie where their exact confirmed scores are equal; they share a rank, and the next ranks are "
                "skipped (1, 2, 2, 4). Those who tie stand in the order of their ids, which means nothing. Scores have "
                "two decimals, and more where different ranks would look alike."
            ),
        ),
    ),
    Rule(
        ("最好、最差名次", "Best and worst rank"),
        (
            (
                "最好名次：本单位未判定的全部得分、其他参加排名的都不再得分时的名次。最差名次：反过来。两者相同，名次就不"
                "会再变。"
            ),
            (
                "The best rank is that if the subject earned all that is undecided and nobody else of those ranked "
                "anything more; the worst is the other way round. Where both are the same the rank is settled."
            ),
        ),
    ),
    Rule(
        ("提示与不适用", "Integrity findings, and what does not apply"),
        (
            (
                "提示（如同一天多项活动、数据突变）写明条数和内容，不改变分数和名次。不适用的分值不计入满分，列在旁边备查"
                "。"
            ),
            (
                "Integrity findings are counted and named; they change neither score nor rank. Points that do not apply "
                "are not part of the whole; they are shown beside it."
            ),
        ),
    ),
    Rule(
        ("不默默混排", "Nothing is mixed in silence"),
        (
            (
                "阶段、评估期、数据截止日或单位类型不一致的，照样按分数排，但在前面写明各有多少，并在名单中加列，供筛选后"
                "再比。"
            ),
            (
                "Subjects of different stages, periods, data dates or kinds are ranked by their scores, too; but how many "
                "there are of each is said first, and the lists have a column by which to part them before they are "
                "compared."
            ),
        ),
    ),
    Rule(
        ("统计", "Figures"),
        (
            (
                "达标率是达标单位占全部单位的比例，待定的不算达标。中位数、四分位数按全部有分数的单位（包括不排名的）的已"
                "确认分精确计算，算法与表格软件的 QUARTILE.INC 相同，只在印出时四舍五入一次。"
            ),
            (
                "The pass rate is the share of all subjects that are accepted; what is undecided is not. Median and "
                "quartiles are exact, of the confirmed scores of all who have a score (ranked or not), as QUARTILE.INC of "
                "a spreadsheet; they are rounded once, in print."
            ),
        ),
    ),
    Rule(
        ("失分", "Points lost"),
        (
            (
                "“确定失分”是分值减去最高还能得到的；“未定”是最高还能得到的减去已经得到的。鼓励项不得分不算失分。“缺口”是"
                "离要求还差的数量，按差的单位取中位数和最大值。"
            ),
            (
                "Lost for certain are the points less the most that can still be earned; open is that less what is "
                "earned. What is only encouraged loses nothing. A shortfall is the amount missing of what is asked for: "
                "median and greatest of those that are short."
            ),
        ),
    ),
    Rule(
        ("临界", "Near a bound"),
        (
            "已确认分离任一等级界线 2 分以内（含 2 分，不含 0 分的最低等级）的列入临界名单。",
            (
                "Subjects whose confirmed score is within 2 points of a grade's bound (2 included; not the lowest grade, "
                "at 0) are listed."
            ),
        ),
    ),
    Rule(
        ("年度对比", "Year on year"),
        (
            (
                "按单位标识与上年对应；同一单位上年有几份的，取评估期、数据截止日最晚的一份。两年的规则、阶段或评估期不同"
                "的，分数不宜直接相比。"
            ),
            (
                "Subjects are matched by id; of several of one subject the one with the latest period and data date "
                "stands. Scores under other rules, or of another stage or length of period, should not be compared as "
                "they are."
            ),
        ),
    ),
    Rule(
        ("小数隐去", "Small counts"),
        (
            (
                "可传阅的表里不足 10 的数（含 0）写作“<10”；能由合计减出 1 至 9 的，再隐去旁边的数，写作“*”，使每个隐去的"
                "数至少还有五种可能。不足 10 个单位的平均数、中位数不写。内部表写全部数字。"
            ),
            (
                "In what may circulate a count under 10 (also 0) is written “<10”. Where one from 1 to 9 could be worked "
                "out from totals, another beside it is hidden, too (“*”), so that at least five values of each stay "
                "possible. Means and medians of fewer than 10 subjects are left out. Internal sheets show every number."
            ),
        ),
    ),
)
