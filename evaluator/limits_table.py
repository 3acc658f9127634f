"""What each limit bounds, and why its default is what it is: for people who look them up or raise one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evaluator.errors import Words
from evaluator.limits import CEILINGS, DEFAULTS, KEYS, Unit, least_of, unit_of


class Explained(NamedTuple):
    """A limit in words: ``what`` it bounds, and ``why`` that far by default."""

    what: Words
    why: Words


class Limit(NamedTuple):
    """One limit: its default, how far it may be set, and what it is for."""

    key: str
    unit: Unit
    default: int
    least: int
    most: int
    what: Words
    why: Words


def _row(what_zh: str, what_en: str, why_zh: str, why_en: str) -> Explained:
    return Explained(Words(what_zh, what_en), Words(why_zh, why_en))


_EXPLAINED: Mapping[str, Explained] = {
    "largest_submission": _row(
        "一份 YAML、JSON 申报或复核",
        "one submission or review as text",
        "一个城市一年的申报约 60 KB",
        "a city's submission of a year is about 60 KB",
    ),
    "most_items": _row(
        "一份申报、复核里的项数",
        "items in one submission or review",
        "每项占内存几百字节，锚点展开后也计",
        "each takes some hundred bytes of memory; what anchors repeat counts again",
    ),
    "deepest_nesting": _row(
        "YAML、JSON 的嵌套层数",
        "how deep YAML and JSON nest",
        "规则的条件组合很少超过十层",
        "rules that combine conditions seldom go beyond ten",
    ),
    "most_includes": _row(
        "一份申报引用的其他文件",
        "the files a submission includes",
        "街道、区县各一份已够",
        "one of the street and one of the district will do",
    ),
    "largest_workbook": _row(
        "一个 .xlsx 工作簿",
        "one .xlsx workbook",
        "表里嵌有照片的也放得下",
        "a form with photographs in its cells fits",
    ),
    "workbook_unpacked": _row(
        "工作簿里的文字部分，展开后",
        "the texts of a workbook, unpacked",
        "填好的申报表约 1 MB",
        "a filled form is about 1 MB",
    ),
    "workbook_pictures": _row(
        "单元格里的图片，展开后",
        "pictures in its cells, unpacked",
        "图片几乎压不小：工作簿的两倍",
        "pictures hardly shrink: twice the workbook",
    ),
    "workbook_parts": _row(
        "工作簿内部的部件数",
        "the parts inside a workbook",
        "每张图片是一个部件",
        "each picture is a part",
    ),
    "workbook_rows": _row(
        "一张工作表的行数",
        "the rows of a sheet",
        "远处一个单元格，就要为其间所有单元格留出内存",
        "one cell far away takes memory for all that lie between",
    ),
    "workbook_cells": _row(
        "全部工作表的单元格（含空的）",
        "cells of all sheets, also empty",
        "每个单元格占内存几十字节",
        "each takes some tens of bytes of memory",
    ),
    "largest_rectification": _row(
        "一份交回的整改清单",
        "one rectification list sent back",
        "一千条约 100 KB",
        "a thousand lines are about 100 KB",
    ),
    "package_files": _row(
        "资料包里的文件数",
        "the files of a package",
        "一百条佐证、每条五十个文件",
        "a hundred entries of fifty files",
    ),
    "package_file": _row(
        "资料包里的一个文件",
        "one file of a package",
        "照片和文档要整个读入内存",
        "photographs and documents are held in memory whole",
    ),
    "package_total": _row(
        "资料包里的全部文件",
        "all files of a package",
        "几百张原始照片；按块读，不占内存",
        "hundreds of original photographs; read in chunks, not held",
    ),
    "package_ratio": _row(
        "解压后是压缩时的多少倍",
        "how many times larger than packed",
        "照片、文档压不到一半；更多的是压缩炸弹",
        "photographs and documents pack to no less than half: more is a bomb",
    ),
    "document_parts": _row(
        "一个 Office 文档的部件数",
        "the parts of one office document",
        "几百页、每页一图的文档约两千个",
        "hundreds of pages with a picture each are about two thousand",
    ),
    "photo_pixels": _row(
        "一张照片的像素",
        "the pixels of a photograph",
        "手机最多 2 亿、常见 1200 万；PNG 和渐进式 JPG 只许三分之一",
        "telephones make 12 to 200 million; of PNG and progressive JPG a third is read",
    ),
    "table_row_group": _row(
        "Parquet 表的一组行",
        "one row group of a Parquet table",
        "一组行整个读入内存",
        "a group is held in memory whole",
    ),
    "table_subject_rows": _row(
        "表中一个单位的行数",
        "the rows of one subject in a table",
        "一天五十次活动，一年的",
        "fifty events a day for a year",
    ),
    "largest_rule_file": _row(
        "一个规则文件",
        "one rule file",
        "最大的规则集约 150 KB",
        "the largest ruleset is about 150 KB",
    ),
    "rule_items": _row(
        "一个规则文件里的项数",
        "the items in one rule file",
        "最大的规则集约五千项",
        "the largest ruleset has about five thousand",
    ),
    "largest_bundle": _row(
        "一个规则包",
        "one ruleset bundle",
        "规则文件不压缩存放",
        "rule files are stored in it unpacked",
    ),
    "largest_official_text": _row(
        "一份标准的原文",
        "one official text",
        "一百万字的书约 3 MB",
        "a book of a million characters is 3 MB",
    ),
    "official_text_lines": _row(
        "原文的行数",
        "the lines of an official text",
        "每行四十字，两百万字",
        "at forty characters a line, two million",
    ),
    "official_text_clauses": _row(
        "原文中认出的条款编号",
        "the clause numbers found in it",
        "再多就不是一份标准",
        "more is no standard",
    ),
    "impact_values": _row(
        "影响测算要试的值",
        "the values that rules impact tries",
        "每个值都要把全部申报再评一遍",
        "for each, all submissions are judged anew",
    ),
    "largest_assessment": _row(
        "一份评估结果（JSON）",
        "one assessment (JSON)",
        "一百个指标约 300 KB",
        "one of a hundred criteria is about 300 KB",
    ),
    "assessment_items": _row(
        "一份评估结果里的项数",
        "the items in one assessment",
        "一百个指标约一万七千项",
        "one of a hundred criteria has about 17,000",
    ),
    "largest_scorecard": _row(
        "要核验或签章的一份 PDF",
        "one PDF to verify or to sign",
        "一百个指标约 1 MB",
        "one of a hundred criteria is about 1 MB",
    ),
    "scorecard_unpacked": _row(
        "要核验的 PDF 的内容，展开后",
        "what a PDF to verify unpacks to",
        "一百个指标约 3 MB；一个对象最多占四分之一",
        "one of a hundred criteria is about 3 MB; one object may take a quarter",
    ),
    "scorecard_objects": _row(
        "要核验的 PDF 里的对象数",
        "the objects in a PDF to verify",
        "带标签（PDF/UA）的一页约一百个",
        "a tagged page (PDF/UA) has about a hundred",
    ),
    "scorecard_assessment": _row(
        "核验时重新排版的评估结果",
        "an assessment that verify sets",
        "一百个指标约 300 KB；到了限度要排七秒",
        "one of a hundred criteria is about 300 KB; at the limit it takes seven seconds",
    ),
    "scorecard_items": _row(
        "这样一份评估结果的项数",
        "the items in such an assessment",
        "一百个指标约一万七千项",
        "one of a hundred criteria has about 17,000",
    ),
    "scorecards_at_once": _row(
        "一次核验的份数",
        "the scorecards verified at once",
        "每份的结论都留到最后一起印",
        "what is found of each is kept to the end",
    ),
}


def table() -> tuple[Limit, ...]:
    """Every limit, in the order in which they are printed."""
    return tuple(
        Limit(
            key,
            unit_of(key),
            getattr(DEFAULTS, key),
            least_of(key),
            getattr(CEILINGS, key),
            *_EXPLAINED[key],
        )
        for key in KEYS
    )
