"""A package is the same bytes for the same input, holds what its manifest says, and is read back as it was packed."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from PIL import Image

from evaluator.digests import submission_digest
from evaluator.errors import InputError
from evaluator.loading.packing import Packed, pack
from evaluator.loading.planning import Plan, planned
from evaluator.loading.preparing import Photographs, bare_forms, prepared
from evaluator.packages.metadata import said
from evaluator.packages.records import MEGABYTE
from tests.evaluator.building import CATALOGUE
from tests.evaluator.packages.making import (
    FORM,
    PDF,
    codes,
    exif,
    in_folder,
    in_zip,
    listing,
    photo,
    received,
    refusal,
    whole,
)
from tests.evaluator.packages.test_receiving_packages import street, workbook

SMALL = 64 * 1024


def packed(
    form: Path, target: Path, *sources: Path, how: Photographs | None = None, limit: int = 200 * MEGABYTE
) -> tuple[Packed, Plan]:
    how = how or Photographs()
    plan = bare_forms(planned(form, sources, CATALOGUE, outputs=[target]), how)
    spool = target.with_suffix(".spool")
    try:
        return pack(plan, prepared(plan, spool, how), {"佐证材料目录.xlsx": b"PK"}, target, limit), plan
    finally:
        spool.unlink()


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def problems(form: Path, *sources: Path, how: Photographs | None = None) -> list[str]:
    before = listing(form.parent)
    try:
        packed(form, form.parent / "包.zip", *sources, how=how)
    except InputError as error:
        assert listing(form.parent) == before
        return [one.in_language("zh").replace(f"{form.parent}/", "") for one in error.problems]
    raise AssertionError("it was not refused")


def test_a_package_holds_form_files_catalogue_and_manifest(tmp_path: Path) -> None:
    folder = in_folder(
        tmp_path / "申报", {**whole(), "E1_20250312_2.jpg": photo(9), "E2-签到.pdf": PDF + b"2"}
    )
    done, _ = packed(folder, tmp_path / "包.zip")
    assert list(members(tmp_path / "包.zip")) == [
        "D1.pdf",
        "E1_20250312_1.jpg",
        "E1_20250312_2.jpg",
        "E2-签到.pdf",
        "E2_20250601_1.jpg",
        "manifest.json",
        "submission.yaml",
        "佐证材料目录.xlsx",
    ]
    found = received(tmp_path / "包.zip")
    assert [one.files for one in found.submission.events] == [
        ("E1_20250312_1.jpg", "E1_20250312_2.jpg"),
        ("E2_20250601_1.jpg", "E2-签到.pdf"),
    ]
    assert submission_digest(found.submission) == done.manifest.submission.digest
    assert codes(found) == []


def test_the_manifest_states_the_digest_of_every_file(tmp_path: Path) -> None:
    import hashlib

    packed(in_folder(tmp_path / "申报", whole()), tmp_path / "包.zip")
    inside = members(tmp_path / "包.zip")
    manifest = json.loads(inside["manifest.json"])
    stated = {one["name"]: one["digest"] for key in ("forms", "catalogue", "files") for one in manifest[key]}
    assert stated == {
        name: f"sha256:{hashlib.sha256(content).hexdigest()}"
        for name, content in inside.items()
        if name != "manifest.json"
    }
    assert manifest["files"][1]["evidence"] == ["E1"]


def test_the_same_input_is_packed_into_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("一", "二"):
        folder = in_folder(tmp_path / name / "申报", whole())
        packed(folder, tmp_path / f"{name}.zip")
        made.append((tmp_path / f"{name}.zip").read_bytes())
    assert made[0] == made[1]


def test_what_was_packed_is_packed_again_into_the_same_files(tmp_path: Path) -> None:
    large = {**whole(), "E1_20250312_1.jpg": photo(1, (2400, 1800), exif=exif("2025-03-12", place=True))}
    packed(in_folder(tmp_path / "申报", large), tmp_path / "a.zip")
    unpacked = in_folder(tmp_path / "解开", {**members(tmp_path / "a.zip")})
    packed(unpacked, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_photographs_are_made_smaller_and_say_nothing_of_themselves(tmp_path: Path) -> None:
    content = photo(
        1, (2400, 1800), exif=exif("2025-03-12", place=True, tags={0x013B: "某人", 0x0110: "X100"})
    )
    folder = in_folder(tmp_path / "申报", {**whole(), "E1_20250312_1.jpg": content})
    packed(folder, tmp_path / "包.zip", how=Photographs(longest=800))
    with Image.open(BytesIO(members(tmp_path / "包.zip")["E1_20250312_1.jpg"])) as image:
        assert image.size == (800, 600)
        assert said(image) == (None, False, (), ())
        assert not image.getexif()
    assert (folder / "E1_20250312_1.jpg").read_bytes() == content


def test_the_day_of_a_photograph_outlives_its_data(tmp_path: Path) -> None:
    content = photo(1, exif=exif("2025-04-12"))
    packed(in_folder(tmp_path / "申报", {**whole(), "E1_20250312_1.jpg": content}), tmp_path / "包.zip")
    (one,) = received(tmp_path / "包.zip").observations
    assert (one.code, one.evidence) == ("photograph_date", ("E1",))


def test_metadata_is_kept_on_demand_and_then_guarded(tmp_path: Path) -> None:
    content = photo(1, exif=exif("2025-03-12", place=True, tags={0x010E: "现场".encode()}))
    folder = in_folder(tmp_path / "申报", {**whole(), "E1_20250312_1.jpg": content})
    packed(folder, tmp_path / "包.zip", how=Photographs(keep=True))
    assert codes(received(tmp_path / "包.zip")) == ["photograph_place"]
    (folder / "E1_20250312_1.jpg").write_bytes(photo(1, exif=exif(tags={0x010E: "电话 15412345678"})))
    assert "[number_of_a_person] 照片信息：这里有电话号码" in problems(folder, how=Photographs(keep=True))[0]


def test_a_turned_photograph_is_packed_upright(tmp_path: Path) -> None:
    mark = Image.Exif()
    mark[0x0112] = 6
    folder = in_folder(tmp_path / "申报", {**whole(), "E1_20250312_1.jpg": photo(1, (640, 480), exif=mark)})
    packed(folder, tmp_path / "包.zip")
    with Image.open(BytesIO(members(tmp_path / "包.zip")["E1_20250312_1.jpg"])) as image:
        assert image.size == (480, 640)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "RGBA", "LA", "I;16"])
def test_pictures_of_every_mode_can_be_packed(mode: str, tmp_path: Path) -> None:
    from evaluator.packages.photographs import prepared as made_ready
    from tests.evaluator.packages.making import picture

    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (900, 600), 700) if mode == "I;16" else picture(1, (900, 600)).convert(mode)
    target = BytesIO()
    image.save(target, kind)
    with Image.open(BytesIO(made_ready(target.getvalue(), 450, 82))) as small:
        assert small.size == ((900, 600) if mode == "I;16" else (450, 300))
        assert small.format == kind


def test_a_package_is_split_at_the_limit_and_read_as_one(tmp_path: Path) -> None:
    many = {f"E1_20250312_{n}.pdf": PDF + bytes([n]) * 20_000 for n in range(2, 12)}
    folder = in_folder(tmp_path / "申报", {**whole(), **many})
    done, _ = packed(folder, tmp_path / "包.zip", limit=SMALL)
    assert [path.name for path in done.paths] == [f"包-{n}.zip" for n in range(1, len(done.paths) + 1)]
    assert len(done.paths) > 3
    assert all(path.stat().st_size <= SMALL for path in done.paths)
    each = [received(path) for path in done.paths]
    assert all(one == each[0] for one in each)
    assert len(each[0].files or ()) == 13
    # Each part has the manifest of the whole set.
    last = json.loads(members(done.paths[-1])["manifest.json"])
    assert (last["part"], last["parts"]) == (len(done.paths), len(done.paths))


def test_a_part_that_is_missing_renamed_or_of_another_packing_is_refused(tmp_path: Path) -> None:
    many = {f"E1_20250312_{n}.pdf": PDF + bytes([n]) * 20_000 for n in range(2, 7)}
    folder = in_folder(tmp_path / "申报", {**whole(), **many})
    done, _ = packed(folder, tmp_path / "包.zip", limit=SMALL)
    second = done.paths[1].read_bytes()
    parts = len(done.paths)
    done.paths[1].unlink()
    assert refusal(done.paths[0]) == [
        f"包-2.zip: [missing_part] 缺少 {parts} 个分包中的第 2 个。把全部分包放在同一个文件夹里"
    ]
    (tmp_path / "第二包.zip").write_bytes(second)
    assert "文件名应为 …-2.zip。恢复打包时的文件名" in refusal(tmp_path / "第二包.zip")[0]
    in_folder(folder, {"E2_20250601_2.pdf": PDF + bytes(20_001)})
    other, _ = packed(folder, tmp_path / "另.zip", limit=SMALL)
    done.paths[1].write_bytes(other.paths[1].read_bytes())
    assert any("[other_package] 不是同一次打包的分包" in one for one in refusal(done.paths[0]))
    with pytest.raises(InputError, match="是否想用 包-1"):
        received(tmp_path / "包.zip")


def test_what_does_not_fit_into_one_part_is_refused(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "申报", {**whole(), "E1_20250312_2.pdf": PDF + bytes(SMALL)})
    with pytest.raises(InputError) as raised:
        packed(folder, tmp_path / "包.zip", limit=SMALL)
    assert [one.in_language("zh") for one in raised.value.problems] == [
        "包.zip: [limit] E1_20250312_2.pdf（64 KB）放不进一个分包。调大 --limit"
    ]
    assert not (tmp_path / "包.zip").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"D1.pdf": PDF + b"\n"},
            "包.zip/D1.pdf: [manifest_differs] 内容与清单 manifest.json 的校验码不符。重新打包",
        ),
        (
            {"D1.pdf": None},
            "包.zip/D1.pdf: [manifest_lacks] 清单 manifest.json 上有这个文件，包里却没有。重新打包",
        ),
        ({"D9.pdf": PDF}, "包.zip/D9.pdf: [not_in_manifest] 清单 manifest.json 上没有这个文件。重新打包"),
        (
            {"submission.yaml": FORM.encode()},
            "包.zip/submission.yaml: [manifest_differs] 内容与清单 manifest.json 的校验码不符。重新打包",
        ),
    ],
)
def test_a_package_that_was_changed_after_packing_is_refused(change, said: str, tmp_path: Path) -> None:
    packed(in_folder(tmp_path / "申报", whole()), tmp_path / "原.zip")
    inside = {
        name: one for name, one in {**members(tmp_path / "原.zip"), **change}.items() if one is not None
    }
    path = in_zip(tmp_path / "包.zip", inside)
    assert said in refusal(path)
    if "submission.yaml" in change:
        assert said in refusal(path, lenient=True)
    else:
        assert "set_aside" in codes(received(path, lenient=True))


def test_a_manifest_of_nonsense_is_refused(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "manifest.json": '{"manifest": 1, "files": 3}'})
    assert all(one.startswith("包.zip/manifest.json:1:") for one in refusal(path))


def test_a_workbook_is_kept_and_the_files_matched_stand_in_the_manifest(tmp_path: Path) -> None:
    folder = in_folder(
        tmp_path / "申报",
        {"示例社区.xlsx": workbook(), "E1_20250312_1.jpg": photo(1), "E1_20250312_2.jpg": photo(2)},
    )
    packed(folder / "示例社区.xlsx", tmp_path / "包.zip", folder)
    assert "submission.xlsx" in members(tmp_path / "包.zip")
    found = received(tmp_path / "包.zip")
    assert found.submission.events[0].files == ("E1_20250312_1.jpg", "E1_20250312_2.jpg")
    assert codes(found) == []


def test_pictures_in_cells_are_packed_beside_the_form_and_stripped_in_it(tmp_path: Path) -> None:
    content = photo(1, (2400, 1800), exif=exif("2025-03-12", place=True, tags={0x0110: "X100-MODEL"}))
    folder = in_folder(tmp_path / "申报", {"submission.xlsx": workbook(picture=content)})
    packed(folder, tmp_path / "包.zip")
    inside = members(tmp_path / "包.zip")
    with Image.open(BytesIO(inside["E1_图1.jpg"])) as image:
        assert image.size == (1600, 1200)
    with zipfile.ZipFile(BytesIO(inside["submission.xlsx"])) as form:
        assert form.read("xl/media/image1.jpeg") == inside["E1_图1.jpg"]
    found = received(tmp_path / "包.zip")
    assert [(one.name, one.evidence) for one in found.files or ()] == [("E1_图1.jpg", ("E1",))]
    assert codes(found) == []


def test_what_a_text_includes_is_packed_into_its_form_and_a_workbook_s_beside_it(tmp_path: Path) -> None:
    in_folder(tmp_path, {"street.xlsx": street()})
    text = in_folder(tmp_path / "甲", {"submission.yaml": FORM + "includes: [../street.xlsx]\n"})
    packed(text / "submission.yaml", tmp_path / "甲.zip")
    assert [one.id for one in received(tmp_path / "甲.zip").submission.documents] == ["D1", "P1"]
    book = in_folder(
        tmp_path / "乙", {"submission.xlsx": workbook(includes="street.xlsx"), "street.xlsx": street()}
    )
    packed(book / "submission.xlsx", tmp_path / "乙.zip")
    assert "street.xlsx" in members(tmp_path / "乙.zip")
    assert [one.id for one in received(tmp_path / "乙.zip").submission.documents] == ["P1"]
    outside = in_folder(tmp_path / "丙", {"submission.xlsx": workbook(includes="../street.xlsx")})
    assert problems(outside / "submission.xlsx") == [
        "submission.xlsx: [include_outside] includes 指向文件夹之外。把被引用的文件放到申报表的文件夹里"
    ]


def test_files_that_belong_to_nothing_stay_out_with_the_reason(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "申报", {**whole(), "IMG_1.jpg": photo(5), "E1_20250313_1.jpg": photo(6)})
    _, plan = packed(folder, tmp_path / "包.zip")
    assert [(name, why.zh) for name, why in plan.unmatched] == [
        ("E1_20250313_1.jpg", "文件名中的日期 2025-03-13 与 E1 的日期 2025-03-12 不同"),
        ("IMG_1.jpg", "文件名开头不是佐证编号"),
    ]
    assert codes(received(tmp_path / "包.zip")) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("E1_9.jpg", b"MZ\x90", "申报/E1_9.jpg: [file_type] 按内容看是程序"),
        (
            "E1_9.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "申报/E1_9.docx: [file_type] 按内容看是不认识的类型",
        ),
        ("E1_9.jpg", b"\xff\xd8\xff\xe0", "申报/E1_9.jpg: [damaged] 图片损坏，打不开"),
        ("E1_15412345678.jpg", photo(5), "申报/E1_….jpg: [number_of_a_person] 文件名：这里有电话号码"),
    ],
)
def test_what_a_package_may_not_hold_is_not_packed(name, content, said, tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "申报", {**whole(), name: content})
    assert problems(folder)[0].startswith(said)


def test_a_link_is_not_packed(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "申报", whole())
    (tmp_path / "秘密.pdf").write_bytes(PDF)
    (folder / "E1_9.pdf").symlink_to(tmp_path / "秘密.pdf")
    assert problems(folder) == ["申报/E1_9.pdf: [link] 这是链接，不是文件。放入文件本身"]


def test_two_files_of_one_name_are_not_packed_by_guess(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "申报", {**whole(), "甲/D1.pdf": PDF, "乙/D1.pdf": PDF})
    (folder / "D1.pdf").unlink()
    assert "[several_files] D1.pdf 有几个同名文件，无法确定是哪一个" in problems(folder)[0]


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "申报", whole())
    assert problems(folder, tmp_path / "照片") == ["照片: [no_file] 找不到文件"]


def test_an_archive_is_not_packed_again(tmp_path: Path) -> None:
    assert problems(in_zip(tmp_path / "包a.zip", whole())) == [
        "包a.zip: [packed_already] 这已经是压缩包。给出申报表或文件夹"
    ]


def test_a_packed_form_says_nothing_of_who_made_saved_or_commented_it(tmp_path: Path) -> None:
    names = ("赵一鸣", "钱二楠", "孙三木")
    book = load_workbook(BytesIO(workbook()))
    book.properties.creator, book.properties.lastModifiedBy = names[0], names[1]
    book["数据"]["E3"].comment = Comment("已核对", names[2])
    target = BytesIO()
    book.save(target)
    folder = in_folder(
        tmp_path / "申报", {"submission.xlsx": target.getvalue(), "E1_20250312_1.jpg": photo(1)}
    )
    packed(folder, tmp_path / "包.zip")
    with zipfile.ZipFile(BytesIO(members(tmp_path / "包.zip")["submission.xlsx"])) as form:
        text = "".join(form.read(name).decode("utf-8", "ignore") for name in form.namelist())
    assert "已核对" in text
    assert not any(name in text for name in names)
    assert received(tmp_path / "包.zip").submission == received(folder).submission
