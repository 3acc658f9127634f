"""A package is a submission wherever one is accepted: the form in it may be of any kind, with what it includes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from evaluator.assessment import assess
from evaluator.digests import submission_digest
from evaluator.errors import InputError
from evaluator.loading import examine, load_alone, receive
from evaluator.workbook.making import Filled
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.packages.making import (
    FORM,
    PDF,
    codes,
    exif,
    in_folder,
    in_zip,
    photo,
    received,
    refusal,
    whole,
    zipped,
)
from tests.evaluator.workbook.forms import YEAR, edited, filled, made, put, with_wps_picture

NUMBER = "15412345678"


def workbook(
    *, picture: bytes | None = None, includes: str | None = None, remark: str | None = None
) -> bytes:
    """A form with a meeting, whose photograph is named, or stands in the cell."""

    def change(book: Workbook) -> None:
        named = {} if picture else {"files": "E1_20250312_1.jpg"}
        put(book, "活动会议", "meeting", date="2025.3.12", id="E1", title=remark or "例会", **named)
        if includes:
            put(book, "单位信息", "includes.1", value=includes)

    content = filled(change)
    if picture is None:
        return content
    with_picture = with_wps_picture(content, "活动会议", "I3")
    return edited(with_picture, {}, {"xl/media/image1.jpeg": picture})


def street() -> bytes:
    def change(book: Workbook) -> None:
        put(book, "街道提供", "permit", id="P1", title="许可", date="2025-02-01", valid_to="2026-01-31")

    return filled(change, made(Filled("street", "jiedao", "示例街道", start=YEAR[0], end=YEAR[1])))


MAKERS = pytest.mark.parametrize("make", [in_folder, in_zip], ids=["folder", "zip"])


@MAKERS
def test_the_form_may_be_a_workbook(make, tmp_path: Path) -> None:
    path = make(tmp_path / "包.zip", {"submission.xlsx": workbook(), "E1_20250312_1.jpg": photo(1)})
    found = received(path)
    assert [(one.id, str(one.date), one.files) for one in found.submission.events] == [
        ("E1", "2025-03-12", ("E1_20250312_1.jpg",))
    ]
    assert [one.in_language("zh").replace(f"{tmp_path}/", "") for one in found.notes] == [
        "包.zip/submission.xlsx:活动会议!E3: “2025.3.12”读作 2025-03-12"
    ]
    assert [(one.name, one.evidence) for one in found.files or ()] == [("E1_20250312_1.jpg", ("E1",))]
    assert codes(found) == []


@MAKERS
def test_a_workbook_may_include_a_workbook_or_a_text(make, tmp_path: Path) -> None:
    for name, content in (
        ("street.xlsx", street()),
        ("street.yaml", FORM.replace("E", "S").replace("D", "T")),
    ):
        path = make(
            tmp_path / name.replace(".", ""), {"submission.xlsx": workbook(includes=name), name: content}
        )
        if make is in_zip:
            path = path.rename(path.with_suffix(".zip"))
        assert len(received(path).submission.documents) == 1


def test_a_text_may_include_a_workbook_in_the_package(tmp_path: Path) -> None:
    members = {**whole(), "submission.yaml": FORM + "includes: [street.xlsx]\n", "street.xlsx": street()}
    found = received(in_zip(tmp_path / "包.zip", members))
    assert [one.id for one in found.submission.documents] == ["D1", "P1"]


def test_a_workbook_as_evidence_is_no_form(tmp_path: Path) -> None:
    from tests.evaluator.packages.making import office

    found = received(in_zip(tmp_path / "包.zip", {**whole(), "台账.xlsx": office("xlsx")}))
    assert [one.name for one in found.files or ()][-1] == "台账.xlsx"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("submission.xlsx", "[not_a_workbook] 这不是 .xlsx 工作簿"),
        ("form.json", "[encoding] 这不是文本文件"),
    ],
)
def test_a_form_that_is_not_what_its_name_says_is_refused(name: str, said: str, tmp_path: Path) -> None:
    members = {name: b"\xff\xd8\xff\0" if name.endswith("json") else PDF, "a.pdf": PDF}
    assert said in refusal(in_zip(tmp_path / "包.zip", members))[0]


def test_a_form_over_the_limit_is_refused(tmp_path: Path) -> None:
    from evaluator.limits import DEFAULTS

    padding = "".join(f"# {n:09}\n" for n in range(DEFAULTS.largest_submission // 12 + 1))
    path = in_folder(tmp_path / "申报", {"submission.yaml": FORM + padding})
    assert refusal(path) == ["申报/submission.yaml: [file_size] 文件超过 8 MB。压缩或拆分后再放入"]


@MAKERS
def test_a_picture_in_a_cell_is_present(make, tmp_path: Path) -> None:
    path = make(tmp_path / "包.zip", {"submission.xlsx": workbook(picture=photo(1, exif=exif(place=True)))})
    found = received(path)
    assert [(one.name, one.type, one.evidence) for one in found.files or ()] == [
        ("E1_图1.jpg", "jpg", ("E1",))
    ]
    assert codes(found) == ["photograph_place"]


def test_a_picture_in_a_cell_that_lies_beside_the_form_as_well_is_one_file(tmp_path: Path) -> None:
    members = {"submission.xlsx": workbook(picture=photo(1)), "E1_图1.jpg": photo(1, quality=40)}
    found = received(in_zip(tmp_path / "包.zip", members))
    assert [one.name for one in found.files or ()] == ["E1_图1.jpg"]
    assert codes(found) == []


def test_a_picture_in_a_cell_is_refused_for_what_a_file_is_refused_for(tmp_path: Path) -> None:
    said = exif(tags={0x010E: f"电话 {NUMBER}"})
    path = in_zip(tmp_path / "包.zip", {"submission.xlsx": workbook(picture=photo(1, exif=said))})
    (line,) = refusal(path, lenient=True)
    assert line.startswith("包.zip/submission.xlsx/E1_图1.jpg: [number_of_a_person] 照片信息：这里有电话号码")
    path = in_zip(tmp_path / "包.zip", {"submission.xlsx": workbook(picture=b"MZ\x90")})
    assert "[file_type] 按内容看是程序" in refusal(path)[0]
    path = in_zip(tmp_path / "包.zip", {"submission.xlsx": workbook(picture=bytes(130 * 1024 * 1024))})
    assert refusal(path) == ["包.zip/submission.xlsx: [workbook_size] 单元格里的图片展开后太大"]


@MAKERS
@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("name", ["submission.yaml", "submission.xlsx"])
def test_anything_about_a_person_in_the_form_is_refused(make, lenient, name, tmp_path: Path) -> None:
    form = FORM.replace("例会", NUMBER) if name.endswith("yaml") else workbook(remark=NUMBER)
    path = make(tmp_path / "包.zip", {name: form, "E1_20250312_1.jpg": photo(1)})
    lines = refusal(path, lenient=lenient)
    assert ["[number_of_a_person] 这里有电话号码" in one for one in lines] == [True]
    assert NUMBER not in lines[0]


def test_leniently_a_faulty_item_of_a_form_in_a_package_is_set_aside(tmp_path: Path) -> None:
    members = {**whole(), "submission.yaml": FORM.replace("2025-06-01", "2025-06-31")}
    path = in_zip(tmp_path / "包.zip", members)
    found = received(path, lenient=True)
    assert [one.id for one in found.submission.events] == ["E1"]
    assert codes(found) == ["set_aside", "file_unnamed"]
    assert found.observations[0].message.zh.startswith("填报有误，暂不计分（submission.yaml:6:")
    assert "包.zip/submission.yaml:6:" in refusal(path)[0]


def test_problems_of_the_form_and_of_the_files_are_told_together(tmp_path: Path) -> None:
    members = {**whole(), "submission.yaml": FORM.replace("2025-06-01", "2025-06-31"), "a.pdf": b"MZ"}
    lines = refusal(in_zip(tmp_path / "包.zip", members))
    assert [one.partition("]")[0] for one in lines] == [
        "包.zip/a.pdf: [file_type",
        "包.zip/submission.yaml:6:30: [bad_date",
    ]


def test_examine_and_load_alone_know_packages(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "其他.pdf": PDF + b"\n"})
    found = examine(path, CATALOGUE)
    assert found.problems == ()
    assert found.received is not None
    assert codes(found.received) == ["file_unnamed"]
    assert load_alone(path, CATALOGUE).submission == found.submission
    (tmp_path / "坏.zip").write_bytes(b"x")
    assert [one.code for one in examine(tmp_path / "坏.zip", CATALOGUE).problems] == ["no_archive"]


def test_a_form_alone_brings_no_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FORM)
    found = receive(tmp_path / "a.yaml", CATALOGUE)
    assert (found.files, found.observations) == (None, ())


def test_the_form_reads_alike_alone_and_in_a_package(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FORM)
    packed = received(in_zip(tmp_path / "包.zip", whole()))
    assert receive(tmp_path / "a.yaml", CATALOGUE).submission == packed.submission


def test_digests_of_files_and_of_the_package_stand_in_the_assessment(tmp_path: Path) -> None:
    import hashlib

    rules = ruleset("[{check: {kind: cadence, events: meeting, every: year}}]")
    found = received(in_zip(tmp_path / "包.zip", whole()))
    sent = assess(
        rules, CATALOGUE, found.submission, observations=found.observations, files=found.files
    ).document["submission"]
    assert sent["digest"] == submission_digest(found.submission)
    assert sent["files"][0] == {
        "name": "D1.pdf",
        "digest": f"sha256:{hashlib.sha256(PDF).hexdigest()}",
        "size": len(PDF),
        "type": "pdf",
        "evidence": ["D1"],
    }
    again = received(in_folder(tmp_path / "夹", whole()))
    other = received(in_zip(tmp_path / "b.zip", {**whole(), "D1.pdf": PDF + b"\n"}))
    packages = [
        assess(rules, CATALOGUE, one.submission, files=one.files).document["submission"]["package"]
        for one in (found, again, other)
    ]
    assert packages[0] == packages[1] != packages[2]
    alone = assess(rules, CATALOGUE, found.submission).document["submission"]
    assert (alone["package"], alone["files"]) == (None, None)


def test_points_with_and_without_files_are_equal(tmp_path: Path) -> None:
    rules = ruleset(
        "[{check: {kind: document, documents: plan}}, {check: {kind: cadence, events: meeting, every: year}}]"
    )
    members = {**whole(), "E2_20250601_1.jpg": photo(1), "其他.pdf": PDF}
    found = received(in_zip(tmp_path / "包.zip", members))
    assert codes(found)
    told = assess(rules, CATALOGUE, found.submission, observations=found.observations, files=found.files)
    plain = assess(rules, CATALOGUE, found.submission)
    assert told.document["score"] == plain.document["score"]
    assert told.document["criteria"] == plain.document["criteria"]


def test_a_submission_is_read_at_two_members_at_a_time_in_the_order_of_names(tmp_path: Path) -> None:
    members = {**whole(), **{f"附件/{n:03}.pdf": PDF + b"%d" % n for n in range(60)}}
    names = [one.name for one in received(in_zip(tmp_path / "包.zip", members)).files or ()]
    assert names == sorted(names)
    assert len(names) == 63


@pytest.mark.parametrize("cut", range(0, 400, 37))
def test_whatever_is_cut_off_an_archive_there_is_no_stumbling(cut: int, tmp_path: Path) -> None:
    content = zipped(whole())
    for damaged in (
        content[: len(content) - cut - 1],
        content[cut + 1 :],
        content[:cut] + content[cut + 9 :],
    ):
        (tmp_path / "包.zip").write_bytes(damaged)
        try:
            told = [one.name for one in received(tmp_path / "包.zip").files or ()]
        except InputError as error:
            told = [one.what.zh for one in error.problems]
        assert told
        assert all(told), "it is read, or refused with words"


def test_a_picture_in_a_cell_that_speaks_of_a_person_refuses_a_form_without_its_files_too(
    tmp_path: Path,
) -> None:
    content = workbook(picture=photo(1, exif=exif(tags={0x010E: f"电话 {NUMBER}"})))
    (tmp_path / "f.xlsx").write_bytes(content)
    assert refusal(tmp_path / "f.xlsx") == [
        (
            "f.xlsx/E1_图1.jpg: [number_of_a_person] 照片信息：这里有电话号码，本系统不收集任何个人的信息。"
            "用 duibiao pack 打包，照片信息会去除"
        )
    ]
    (tmp_path / "g.xlsx").write_bytes(workbook(picture=photo(1, exif=exif(place=True))))
    assert received(tmp_path / "g.xlsx").submission.events[0].files == ("E1_图1.jpg",)
