"""The files of a package on paper: in a scorecard, and as the catalogue of evidence that packing prints."""

from __future__ import annotations

from typing import Any

import pytest

from scorecards import as_text, materials, render_html, scorecard
from tests.scorecards import samples

IDS = [item["id"] for item in samples.rich()["evidence"] if item["kind"] == "event"][:2]


def with_files(*files: tuple[str, list[str]], findings: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    made = samples.rich()
    made["submission"] |= {
        "package": f"sha256:{'9' * 64}",
        "files": [
            {
                "name": name,
                "digest": f"sha256:{n:08x}{'0' * 56}",
                "size": 1024**2,
                "type": "jpg",
                "evidence": ids,
            }
            for n, (name, ids) in enumerate(files, 1)
        ],
    }
    made["integrity"] = findings or []
    return made


def lines(assessment: dict[str, Any], lang: Any = "zh") -> list[str]:
    return [line.strip() for line in as_text(scorecard(assessment, lang)).splitlines()]


def test_files_are_listed_by_their_evidence_with_their_digests() -> None:
    one, other = IDS
    found = lines(with_files(("a.jpg", [one]), ("b.jpg", [one]), ("c.jpg", [one, other]), ("d.jpg", [])))
    assert "共 4 个文件，4.0 MB。校验码为 SHA-256 的前 8 位，全文见评估结果文件。" in found
    assert f"{one} | a.jpg（00000001）；b.jpg（00000002） | 2" in found
    assert f"{one}、{other} | c.jpg（00000003） | 1" in found
    assert "未写入申报 | d.jpg（00000004） | 1" in found
    assert f"sha256:{'9' * 64}" in " ".join(found)
    assert not any("佐证文件未随申报提交" in line for line in found)


def test_they_are_listed_in_english_too() -> None:
    found = lines(with_files(("a.jpg", IDS[:1]), ("d.jpg", [])), "en")
    assert f"{IDS[0]} | a.jpg (00000001) | 1" in found
    assert "named by nothing | d.jpg (00000002) | 1" in found


def test_many_files_of_one_entry_take_several_rows() -> None:
    found = lines(with_files(*((f"{n}.jpg", IDS[:1]) for n in range(50))))
    assert [line.rpartition(" | ")[2] for line in found if line.startswith(f"{IDS[0]} | ")][-3:] == [
        "24",
        "24",
        "2",
    ]


def test_that_files_were_not_sent_is_said() -> None:
    made = samples.rich()
    made["submission"] |= {"package": None, "files": None}
    assert any("佐证文件未随申报提交，未核对。" in line for line in lines(made))


def test_a_finding_names_its_files() -> None:
    finding = {
        "code": "file_unnamed",
        "evidence": [],
        "message": {
            "zh": "包里有这些文件，申报没有写到",
            "en": "files lie in the package that nothing names",
        },
        "files": [f"{n}.jpg" for n in range(14)],
    }
    text = "\n".join(lines(with_files(findings=[finding])))
    assert "包里有这些文件，申报没有写到 | 0.jpg、1.jpg" in text
    assert "11.jpg 等 14 个" in text


def test_a_finding_that_speaks_of_nothing_leaves_its_place_empty() -> None:
    finding = {
        "code": "period_length",
        "evidence": [],
        "message": {"zh": "评估期不是 12 个月", "en": "x"},
        "files": [],
    }
    assert "1 | 评估期不是 12 个月 | —" in lines(with_files(findings=[finding]))


ITEMS = [
    {
        "id": "E1",
        "label": {"zh": "学习会", "en": "Session"},
        "title": "三月学习",
        "date": "2025-03-12",
        "files": [{"name": "E1_20250312_1.jpg", "digest": f"sha256:{'a' * 64}"}],
    },
    {"id": "D1", "label": {"zh": "计划", "en": "Plan"}, "title": None, "date": None, "files": []},
]
SUBMISSION = {
    "subject": {"id": "demo-01", "name": "示例社区"},
    "period": {"from": "2025-01-01", "to": "2025-12-31"},
    "digest": f"sha256:{'b' * 64}",
}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            [
                "佐证材料目录",
                "共 2 件佐证，1 件有附件。",
                "| 2025-03-12 | E1_20250312_1.jpg　aaaaaaaaaaaa",
            ],
        ),
        (
            "en",
            ["Catalogue of evidence", "2 pieces of evidence, 1 of them with files.", "2 | D1 | Plan | — | —"],
        ),
    ],
)
def test_the_catalogue_lists_every_entry_with_its_files(lang: Any, said: list[str]) -> None:
    text = as_text(materials(SUBMISSION, ITEMS, lang))
    for words in said:
        assert words in text
    assert "E1_20250312_1.jpg" in render_html(materials(SUBMISSION, ITEMS, lang))


def test_a_catalogue_without_entries_says_so() -> None:
    assert "没有附件。" in as_text(materials(SUBMISSION, []))
