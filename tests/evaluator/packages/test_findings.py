"""What the files of a package say of each other and of the form: one finding each; all of them are told, none refuses."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from evaluator.observation import Observation
from evaluator.packages.findings import ALIKE, MOST_DAYS
from evaluator.packages.photographs import examined
from tests.evaluator.packages.making import (
    FORM,
    PDF,
    codes,
    exif,
    in_zip,
    photo,
    picture,
    received,
    whole,
)


def findings(tmp_path: Path, members: dict) -> list[str]:
    return [one.in_language("zh") for one in seen(tmp_path, members)]


def seen(tmp_path: Path, members: dict) -> tuple[Observation, ...]:
    found = received(in_zip(tmp_path / "包.zip", members)).observations
    for one in found:
        assert not any("\u4e00" <= character <= "\u9fff" for character in one.message.en)
    return found


def test_one_file_under_two_names(tmp_path: Path) -> None:
    assert findings(tmp_path, {**whole(), "E2_20250601_1.jpg": photo(1)}) == [
        "[same_content] 同一内容用了不同的文件名（E1、E2；E1_20250312_1.jpg、E2_20250601_1.jpg）"
    ]


def test_one_file_for_two_events(tmp_path: Path) -> None:
    # The form names it twice in different ways, so that only the package shows that it is one file.
    form = FORM.replace("[E2_20250601_1.jpg]", "[照片/E1_20250312_1.jpg]")
    members = {**whole(), "submission.yaml": form}
    del members["E2_20250601_1.jpg"]
    assert findings(tmp_path, members) == ["[file_shared] 同一附件用于几次活动（E1、E2；E1_20250312_1.jpg）"]


def test_a_photograph_resized_or_compressed_again_for_another_event(tmp_path: Path) -> None:
    assert findings(tmp_path, {**whole(), "E2_20250601_1.jpg": photo(1, (200, 150), quality=40)}) == [
        "[similar_photographs] 用于不同佐证的照片看上去是同一张（E1、E2；E1_20250312_1.jpg、E2_20250601_1.jpg）"
    ]


def test_several_shots_of_one_event_are_listed_together_and_apart(tmp_path: Path) -> None:
    form = FORM.replace("files: [E1_20250312_1.jpg]", "files: [E1_20250312_1.jpg, E1_20250312_2.jpg]")
    members = {**whole(), "submission.yaml": form, "E1_20250312_2.jpg": photo(1, quality=50)}
    assert findings(tmp_path, members) == [
        "[similar_photographs] 同一佐证中有看上去相同的照片（E1；E1_20250312_1.jpg、E1_20250312_2.jpg）"
    ]


@pytest.mark.parametrize(
    ("taken", "apart"), [("2025-03-15", 0), ("2025-03-09", 0), ("2025-03-16", 4), ("2024-03-12", 365)]
)
def test_a_photograph_of_another_day(taken: str, apart: int, tmp_path: Path) -> None:
    told = findings(tmp_path, {**whole(), "E1_20250312_1.jpg": photo(1, exif=exif(taken))})
    said = f"[photograph_date] 照片拍摄于 {taken}，与活动日期 2025-03-12 相差 {apart} 天（E1；E1_20250312_1.jpg）"
    assert told == ([said] if apart > MOST_DAYS else [])


def test_the_day_of_a_document_s_photograph_is_not_compared(tmp_path: Path) -> None:
    form = FORM.replace("D1.pdf", "D1.jpg")
    members = {**whole(), "submission.yaml": form, "D1.jpg": photo(4, exif=exif("2023-01-01"))}
    del members["D1.pdf"]
    assert findings(tmp_path, members) == []


def test_a_file_that_is_named_and_absent(tmp_path: Path) -> None:
    members = whole()
    del members["D1.pdf"]
    assert findings(tmp_path, members) == [
        "[file_absent] 申报写了这些附件，包里没有，或有几个同名而无法确定（D1；D1.pdf）"
    ]


def test_a_name_that_two_files_bear_is_not_guessed(tmp_path: Path) -> None:
    members = {**whole(), "甲/D1.pdf": PDF, "乙/D1.pdf": PDF + b"\n"}
    del members["D1.pdf"]
    assert [one.partition("]")[0] for one in findings(tmp_path, members)] == ["[file_absent", "[file_unnamed"]


def test_a_file_that_is_there_and_that_nothing_names(tmp_path: Path) -> None:
    members = {**whole(), "其他.pdf": PDF + b"\n", "旧表.yaml": FORM}
    assert findings(tmp_path, members) == [
        "[file_unnamed] 包里有这些文件，申报没有写到（旧表.yaml、其他.pdf）"
    ]


def test_a_sound_package_has_no_finding(tmp_path: Path) -> None:
    assert findings(tmp_path, whole()) == []


def test_a_finding_lists_a_dozen_files_and_counts_the_rest() -> None:
    from evaluator.errors import Words

    names = tuple(f"{n}.jpg" for n in range(20))
    one = Observation("file_unnamed", (), Words("提示", "a finding"), names)
    assert one.in_language("zh").endswith("11.jpg 等 20 个）")
    assert one.in_language("en").endswith("11.jpg and 8 more)")
    assert one.as_json()["files"] == list(names)


# How alike the same picture stays, and how unlike different ones are: docs/packages.md states these figures.


def likeness(image: Image.Image, quality: int = 85, kind: str = "JPEG") -> int:
    target = BytesIO()
    image.convert("RGB").save(target, kind, quality=quality)
    found = examined("a.jpg", target.getvalue())
    assert not isinstance(found, list)
    assert found.likeness is not None
    return found.likeness


def apart(one: int, other: int) -> int:
    return (one ^ other).bit_count()


SAME = {
    "compressed to a tenth": lambda image: (image, 20),
    "a quarter of its size": lambda image: (image.resize((400, 300)), 85),
    "sent by a messenger": lambda image: (image.resize((800, 600)).resize((640, 480)), 50),
    "brighter": lambda image: (ImageEnhance.Brightness(image).enhance(1.3), 85),
    "with a stamp in its corner": lambda image: (stamped(image), 85),
    "in grey": lambda image: (image.convert("L"), 85),
    "its edges cut by a hundredth": lambda image: (image.crop((16, 12, 1584, 1188)), 85),
}


def stamped(image: Image.Image) -> Image.Image:
    made = image.copy()
    made.paste("white", (1100, 1050, 1580, 1180))
    return made


@pytest.mark.parametrize("change", SAME)
def test_the_same_picture_stays_below_the_threshold(change: str) -> None:
    for seed in range(4):
        image = picture(seed, (1600, 1200))
        changed, quality = SAME[change](image)
        assert apart(likeness(image), likeness(changed, quality)) <= ALIKE


def test_different_pictures_stay_above_the_threshold() -> None:
    hashes = [likeness(picture(seed)) for seed in range(40)]
    distances = [apart(one, other) for n, one in enumerate(hashes) for other in hashes[:n]]
    assert min(distances) > 2 * ALIKE


def test_blank_pages_are_not_compared(tmp_path: Path) -> None:
    target = BytesIO()
    Image.new("RGB", (300, 300), "white").save(target, "JPEG")
    found = examined("a.jpg", target.getvalue())
    assert not isinstance(found, list)
    assert found.likeness is None


def test_a_photograph_turned_by_the_camera_s_mark_is_the_same(tmp_path: Path) -> None:
    upright = picture(3, (800, 600))
    target = BytesIO()
    mark = Image.Exif()
    mark[0x0112] = 6
    upright.transpose(Image.Transpose.ROTATE_90).save(target, "JPEG", quality=85, exif=mark)
    found = examined("a.jpg", target.getvalue())
    assert not isinstance(found, list)
    assert apart(likeness(upright), found.likeness or 0) <= ALIKE


def test_findings_do_not_hang_on_the_order_of_the_members(tmp_path: Path) -> None:
    members = {**whole(), "E2_20250601_1.jpg": photo(1), "其他.pdf": PDF}
    one = received(in_zip(tmp_path / "a.zip", members))
    other = received(in_zip(tmp_path / "b.zip", dict(reversed(members.items()))))
    assert (one.observations, one.files) == (other.observations, other.files)
    assert codes(one) == ["file_unnamed", "same_content", "same_content"]
