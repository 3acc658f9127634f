"""``duibiao pack`` and packages in ``inspect`` and ``score``: what a community worker types, sees and gets."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run
from tests.evaluator.packages.making import PDF, exif, in_folder, in_zip, listing, photo

FORM = """\
submission: 1
subject: {id: demo-01, name: 示例社区, kind: community}
period: {from: "2025-01-01", to: "2025-12-31"}
events:
  - {id: E1, type: publicity_session, date: "2025-03-12", title: 学习会, files: [现场.jpg]}
  - {id: E2, type: mobilisation_meeting, date: "2025-06-12", title: 动员会}
statements:
  - {id: S1, type: affairs_desk, value: true, files: [受理点.jpg]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The form, a photograph that it names, two that bear ids, one that belongs to nothing."""
    large = photo(1, (2000, 1500), exif=exif("2025-03-12", place=True, tags={0x013B: "office"}))
    return in_folder(
        tmp_path / "申报",
        {
            "submission.yaml": FORM,
            "现场.jpg": large,
            "E1_20250312_2.jpg": photo(2),
            "E2_20250612_1.jpg": photo(3),
            "IMG_0231.jpg": photo(4),
        },
    )


def test_a_folder_is_packed_inspected_and_scored(duibiao: Run, folder: Path, tmp_path: Path) -> None:
    done = duibiao("pack", "申报", "-o", "出/包.zip", "--photo-size", "800")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("出/包.zip（")
    assert lines[1:] == [
        "附件 3 个，其中照片 3 张：变小 1 张，去除拍摄地点 1 张、所有者信息 1 张",
        "没有归入佐证、没有打包的文件 1 个：",
        "  IMG_0231.jpg：文件名开头不是佐证编号",
        "有 1 处提示：",
        "  [file_absent] 申报写了这些附件，包里没有，或有几个同名而无法确定（S1；受理点.jpg）",
    ]
    assert [path.name for path in (tmp_path / "出").iterdir()] == ["包.zip"]
    with zipfile.ZipFile(tmp_path / "出" / "包.zip") as archive:
        assert archive.namelist() == [
            "E1_20250312_2.jpg",
            "E2_20250612_1.jpg",
            "manifest.json",
            "submission.yaml",
            "佐证材料目录.pdf",
            "佐证材料目录.xlsx",
            "现场.jpg",
        ]
        assert archive.read("佐证材料目录.pdf").startswith(b"%PDF-")
        with Image.open(BytesIO(archive.read("现场.jpg"))) as image:
            assert (image.size, dict(image.getexif())) == ((800, 600), {})
        manifest = json.loads(archive.read("manifest.json"))
    inspected = duibiao("inspect", "出/包.zip")
    assert (inspected.code, inspected.err) == (0, "")
    assert inspected.out.splitlines() == [
        "示例社区（2025-01-01 至 2025-12-31）：数据 0 项，活动 2 项，文件 0 项，事项 1 项，附件 3 个；没有问题，有 1 处提示：",
        "[file_absent] 申报写了这些附件，包里没有，或有几个同名而无法确定（S1；受理点.jpg）",
    ]
    scored = duibiao(
        "score", "出/包.zip", "--rules", "kunming-model-community", "--format", "json", "--out", "-"
    )
    assert scored.code == 0
    assessment = json.loads(scored.out)
    sent = assessment["submission"]
    assert {one["name"]: one["digest"] for one in sent["files"]} == {
        one["name"]: one["digest"] for one in manifest["files"]
    }
    assert sent["package"].startswith("sha256:")
    assert [one["code"] for one in assessment["integrity"]] == ["file_absent"]


def test_the_same_folder_is_packed_into_the_same_bytes_and_no_package_is_overwritten(
    duibiao: Run, folder: Path, tmp_path: Path
) -> None:
    for name in ("a.zip", "b.zip"):
        assert duibiao("pack", folder, "-o", name).code == 0
    content = (tmp_path / "a.zip").read_bytes()
    assert content == (tmp_path / "b.zip").read_bytes()
    (folder / "IMG_0231.jpg").unlink()
    done = duibiao("pack", folder, "-o", "a.zip")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("a.zip: [file_exists] 文件已存在，不覆盖。换一个文件名，或先把它移走")
    assert (tmp_path / "a.zip").read_bytes() == content


def test_a_set_is_split_at_the_limit_and_none_of_its_parts_is_overwritten(
    duibiao: Run, folder: Path, tmp_path: Path
) -> None:
    in_folder(folder, {f"E2_20250612_{n}.pdf": PDF + bytes([n]) * 250_000 for n in range(2, 6)})
    (tmp_path / "包-2.zip").write_bytes(b"mine")
    before = listing(tmp_path)
    done = duibiao("pack", folder, "-o", "包.zip", "--limit", "700KB", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "包-2.zip: [file_exists]" in done.err
    assert listing(tmp_path) == before
    (tmp_path / "包-2.zip").unlink()
    done = duibiao("pack", folder, "-o", "包.zip", "--limit", "700KB", locale="en_US.UTF-8")
    assert (done.code, done.err) == (0, "")
    parts = sorted(tmp_path.glob("包-*.zip"))
    assert [line.partition(" (")[0] for line in done.out.splitlines()[: len(parts)]] == [
        one.name for one in parts
    ]
    assert all(one.stat().st_size <= 700 * 1024 for one in parts)
    assert "7 files, 3 of them photographs: 1 made smaller" in done.out
    # All parts may be named: they are one submission.
    scored = duibiao(
        "score", *parts, "--rules", "kunming-model-community", "--format", "json", "--out", "cards"
    )
    assert scored.code == 0
    assert len(list((tmp_path / "cards").iterdir())) == 1


HOSTILE = {
    "a program": {"E1_9.jpg": b"MZ\x90\0"},
    "a number of a person in a name": {"E1_15412345678.jpg": photo(5)},
    "a form with a fault": {"submission.yaml": FORM.replace("2025-06-12", "2025-06-31")},
    "a form with a number of a person": {"submission.yaml": FORM.replace("学习会", "15412345678")},
    "half a photograph": {"E2_9.jpg": photo(5)[:300]},
}


@pytest.mark.parametrize("case", HOSTILE)
def test_nothing_is_written_where_something_is_refused(
    case: str, duibiao: Run, folder: Path, tmp_path: Path
) -> None:
    in_folder(folder, HOSTILE[case])
    before = listing(tmp_path)
    done = duibiao("pack", "申报", "-o", "出/包.zip")
    assert (done.code, done.out) == (2, "")
    assert "申报/" in done.err
    assert "15412345678" not in done.err
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["申报"], "缺少选项 '-o'"),
        (["申报", "-o", "包.rar"], "文件名以 .zip 结尾"),
        (["申报", "-o", "包.zip", "--limit", "10"], "写成 200MB 的样子，不小于 64KB"),
        (["申报", "-o", "包.zip", "--photo-size", "100"], "在 400 至 20000 之间"),
        (["申报", "-o", "包.zip", "--photo-quality", "99"], "在 30 至 95 之间"),
        (["没有", "-o", "包.zip"], "没有: [no_file] 找不到文件"),
        (["申报", "别处", "-o", "包.zip"], "别处: [no_file] 找不到文件"),
    ],
)
def test_misuse_is_explained(
    arguments: list[str], said: str, duibiao: Run, folder: Path, tmp_path: Path
) -> None:
    before = listing(tmp_path)
    done = duibiao("pack", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert listing(tmp_path) == before


def test_inspect_tells_every_problem_of_a_package_and_exits_with_1(duibiao: Run, tmp_path: Path) -> None:
    members = {"submission.yaml": FORM.replace("2025-06-12", "2025-06-31"), "../a.pdf": PDF}
    in_zip(tmp_path / "包.zip", members)
    done = duibiao("inspect", "包.zip")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("包.zip/../a.pdf: [unsafe_name] 文件名指向包外（..）。给文件改名后重新打包")
    members = {"submission.yaml": members["submission.yaml"], "a.pdf": b"MZ", "b.jpg": b"GIF89a"}
    in_zip(tmp_path / "包.zip", members)
    done = duibiao("inspect", "包.zip", "--lang", "en")
    assert done.code == 1
    assert [line.partition("]")[0] for line in done.err.splitlines()[:3]] == [
        "包.zip/a.pdf: [file_type",
        "包.zip/b.jpg: [file_type",
        "包.zip/submission.yaml:6:42: [bad_date",
    ]


def test_a_photograph_with_broken_data_is_read_in_silence(duibiao: Run, folder: Path) -> None:
    content, segment = photo(6), b"Exif\0\0MM\0*\0\0\0\x08\0\x09" + b"\x01\x0e\0\2\xff\xff\xff\xff\0\0\0\0"
    broken = content[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + content[2:]
    in_folder(folder, {"现场.jpg": broken})
    done = duibiao("inspect", "申报")
    assert (done.code, done.err) == (0, "")


def test_an_empty_folder_is_nothing_to_look_at(duibiao: Run, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    done = duibiao("inspect", "空")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("空: [no_form] 里面没有申报表。最上层只放一份申报表，命名为 submission.yaml")


def test_packages_arrive_as_forms_do_and_a_set_is_one_arrival(
    duibiao: Run, folder: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "收件"
    in_folder(folder, {f"E2_20250612_{n}.pdf": PDF + bytes([n]) * 250_000 for n in range(2, 6)})
    assert duibiao("pack", folder, "-o", "收件/包.zip", "--limit", "700KB").code == 0
    in_folder(inbox / "文件夹", {"form.yaml": FORM.replace("demo-01", "demo-02")})
    in_zip(inbox / "坏.zip", {"submission.yaml": FORM.replace("demo-01", "demo-03"), "a.pdf": b"MZ"})
    done = duibiao("intake", inbox, "-o", "ledger.json")
    assert done.code == 1
    entries = {one["name"]: one for one in json.loads((tmp_path / "ledger.json").read_bytes())["entries"]}
    assert sorted(entries) == ["包-1.zip", "坏.zip", "文件夹"]
    assert entries["坏.zip"]["status"] == "refused"
    assert entries["包-1.zip"]["missing"]["files"] == ["受理点.jpg"]
    assert entries["文件夹"]["missing"]["files"] == ["现场.jpg", "受理点.jpg"]


def test_a_package_states_sm3_where_asked_and_keeps_the_days_that_one_by_sha256_knew(
    duibiao: Run, folder: Path, tmp_path: Path
) -> None:
    assert duibiao("pack", folder, "-o", "first.zip").code == 0
    with zipfile.ZipFile(tmp_path / "first.zip") as archive:
        archive.extractall(tmp_path / "again")
    assert duibiao("pack", "again", "-o", "second.zip", "--digest", "sm3").code == 0
    with zipfile.ZipFile(tmp_path / "second.zip") as archive:
        text = archive.read("manifest.json").decode()
    assert text.count('"sm3:') == 7, "the submission, its form, the catalogue twice, three photographs"
    assert "sha256" not in text
    taken = {one["name"]: one.get("taken") for one in json.loads(text)["files"]}
    assert taken == {"现场.jpg": "2025-03-12", "E1_20250312_2.jpg": None, "E2_20250612_1.jpg": None}
