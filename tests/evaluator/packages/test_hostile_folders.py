"""What lies in a folder is read as what lies in an archive; links are not followed, and nothing beside the folder is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evaluator.packages.records import LIMITS
from tests.evaluator.packages.making import FORM, PDF, codes, in_folder, photo, received, refusal, whole

LINKED = "这是链接，不是文件。放入文件本身"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound package in a folder, and something beside it that is none of its business."""
    (tmp_path / "秘密.pdf").write_bytes(PDF)
    return in_folder(tmp_path / "申报", whole())


def test_a_sound_folder_is_read_with_its_files(folder: Path) -> None:
    found = received(folder)
    assert [one.name for one in found.files or ()] == ["D1.pdf", "E1_20250312_1.jpg", "E2_20250601_1.jpg"]
    assert found.observations == ()


def test_a_link_to_a_file_is_refused(folder: Path) -> None:
    (folder / "D2.pdf").symlink_to(folder.parent / "秘密.pdf")
    assert refusal(folder) == [f"申报/D2.pdf: [link] {LINKED}"]


def test_a_link_to_a_folder_is_refused_and_not_followed(folder: Path) -> None:
    (folder / "照片").symlink_to(folder.parent)
    assert refusal(folder) == [f"申报/照片: [link] {LINKED}"]


def test_a_link_in_place_of_the_form_is_refused(folder: Path) -> None:
    (folder / "submission.yaml").rename(folder.parent / "form.yaml")
    (folder / "submission.yaml").symlink_to(folder.parent / "form.yaml")
    assert refusal(folder) == [f"申报/submission.yaml: [link] {LINKED}"]


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "D2.pdf")
    assert refusal(folder) == ["申报/D2.pdf: [link] 这不是普通文件。放入文件本身"]


def test_too_many_files_are_refused(folder: Path) -> None:
    assert refusal(folder, limits=LIMITS._replace(members=3)) == [
        "申报: [many_files] 文件超过 3 个。只放与申报有关的文件"
    ]


def test_names_that_some_systems_hold_for_one_are_refused(folder: Path) -> None:
    (folder / "d1.PDF").write_bytes(PDF)
    assert ["[same_name] 与 D1.pdf 只差大小写" in one for one in refusal(folder)] == [True]


def test_what_systems_and_office_programs_leave_behind_is_passed_over(folder: Path) -> None:
    in_folder(folder, {"Thumbs.db": b"x", ".DS_Store": b"x", "~$D1.docx": b"x", "__MACOSX/._D1.pdf": b"x"})
    assert received(folder).observations == ()


def test_a_folder_in_a_folder_is_taken_for_its_content(tmp_path: Path) -> None:
    in_folder(tmp_path / "外" / "申报", whole())
    assert len(received(tmp_path / "外").files or ()) == 3


def test_files_may_lie_in_folders_of_their_own(tmp_path: Path) -> None:
    members = {("照片/" if name.endswith("jpg") else "") + name: one for name, one in whole().items()}
    found = received(in_folder(tmp_path / "申报", members))
    assert [(one.name, one.evidence) for one in found.files or ()][1] == ("照片/E1_20250312_1.jpg", ("E1",))
    assert codes(found) == []


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"a.pdf": PDF}, "[no_form] 里面没有申报表"),
        (
            {"submission.yaml": FORM, "form.json": "{}"},
            "[several_forms] 有几份申报表：form.json、submission.yaml",
        ),
        ({"a.yaml": FORM, "b.yaml": FORM}, "[several_forms] 有几份申报表：a.yaml、b.yaml"),
    ],
)
def test_a_package_holds_one_form(members, said: str, tmp_path: Path) -> None:
    assert [said in one for one in refusal(in_folder(tmp_path / "申报", members))] == [True]


def test_a_form_of_any_name_is_found_where_it_is_the_only_text(tmp_path: Path) -> None:
    members = {**whole(), "示例社区2025.yaml": FORM}
    del members["submission.yaml"]
    assert received(in_folder(tmp_path / "申报", members)).submission.subject.id == "demo-01"


def test_what_is_included_lies_in_the_package(tmp_path: Path) -> None:
    form = FORM + "includes: [../street.yaml]\n"
    (tmp_path / "street.yaml").write_text(FORM)
    path = in_folder(tmp_path / "申报", {**whole(), "submission.yaml": form})
    assert refusal(path) == [
        "申报/submission.yaml: [include_outside] includes 指向包外。把被引用的文件放进来"
    ]
    assert (
        "[absolute_include]"
        in refusal(in_folder(path, {"submission.yaml": FORM + "includes: [/etc/passwd.yaml]\n"}))[0]
    )


def test_nothing_is_read_of_a_file_that_became_a_link_meanwhile(folder: Path) -> None:
    from evaluator.errors import InputError
    from evaluator.loading import opened, receive

    with opened(folder) as package:
        (folder / "D1.pdf").unlink()
        (folder / "D1.pdf").symlink_to(folder.parent / "秘密.pdf")
        with pytest.raises(InputError, match=r"\[unreadable\] 文件读不出来"):
            receive(package)


def test_a_photograph_that_cannot_be_seen_is_refused(folder: Path) -> None:
    (folder / "D2.jpg").write_bytes(photo(5)[:400])
    assert refusal(folder) == ["申报/D2.jpg: [damaged] 图片损坏，打不开。重新导出或重新拍摄"]


@pytest.mark.parametrize(
    ("name", "content", "most"),
    [
        ("D2.jpg", photo(5, (3000, 2000)), 5),
        ("D2.png", photo(5, (2000, 1000), kind="PNG"), 1),
        ("D2.jpg", photo(5, (2000, 1000), progressive=True), 1),
    ],
)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(
    folder: Path, name: str, content: bytes, most: int
) -> None:
    # What stands in memory as a whole while it is decoded may have a third of the pixels.
    (folder / name).write_bytes(content)
    limits = LIMITS._replace(pixels=5_000_000)
    assert refusal(folder, limits=limits) == [
        f"申报/{name}: [too_many_pixels] 图片超过 {most} 百万像素。缩小后另存"
    ]
    assert "[too_many_pixels] more than" in refusal(folder, limits=limits, lang="en")[0]
