"""``duibiao intake``: the ledger that it prints and writes; nothing in the folder is changed."""

from __future__ import annotations

import json
import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from commands.inputs import absent_files, sent_files
from evaluator.sampling import FileSent
from tests.cli.conftest import LOCALES

KUNMING = ("--rules", "kunming-model-community")
# Made up; the last digit is the checksum.
IDENTITY = "11010519491231002X"


@pytest.fixture
def inbox(tmp_path: Path, middling: Path, excellent: Path) -> Path:
    """A folder with one of everything."""
    folder = tmp_path / "收件"
    folder.mkdir()
    text = middling.read_text("utf-8")
    (folder / "翠湖岸.yaml").write_text(text, "utf-8")
    (folder / "翠湖岸_v2.yaml").write_text(
        text.replace(" model_buildings: 1", " model_buildings: 3"), "utf-8"
    )
    shutil.copy(excellent, folder / "石榴苑.yaml")
    shutil.copy(excellent, folder / "石榴苑副本.yaml")
    (folder / "坏.yaml").write_text(
        text.replace("cuihu-an", "坏").replace("kind: community", "kind: 社区"), "utf-8"
    )
    (folder / "说明.docx").write_bytes(b"PK")
    (folder / f"{IDENTITY}.yaml").write_text(text, "utf-8")
    (folder / "链接.yaml").symlink_to(folder / "石榴苑.yaml")
    (folder / ".DS_Store").write_bytes(b"")
    (folder / "~$翠湖岸.xlsx").write_bytes(b"")
    return folder


def test_every_arrival_has_its_status_and_one_bad_file_stops_nothing(duibiao, inbox, tmp_path) -> None:
    before = {path: path.lstat().st_mtime_ns for path in inbox.iterdir()}
    done = duibiao("intake", inbox, *KUNMING, "-o", "ledger.json", "-o", "ledger.xlsx", "-o", "ledger.pdf")
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines()[0] == "共 8 件：不完整 2，重复 1，被取代 1，拒收 4"
    assert re.findall(r"\[拒收\] 坏.yaml:(\d+):", done.out) == ["4", "6"], "every problem with its place"
    found = json.loads((tmp_path / "ledger.json").read_bytes())
    assert {one["name"]: one["status"] for one in found["entries"]} == {
        "石榴苑.yaml": "incomplete",
        "石榴苑副本.yaml": "duplicate",
        "翠湖岸.yaml": "superseded",
        "翠湖岸_v2.yaml": "incomplete",
        "坏.yaml": "refused",
        "说明.docx": "refused",
        "链接.yaml": "refused",
        "….yaml": "refused",
    }
    assert found["ignored"] == [".DS_Store", "~$翠湖岸.xlsx"]
    assert {path: path.lstat().st_mtime_ns for path in inbox.iterdir()} == before
    book = openpyxl.load_workbook(BytesIO((tmp_path / "ledger.xlsx").read_bytes()))
    assert book.sheetnames[:3] == ["概况", "一、合计", "二、登记"]


def test_a_number_of_a_person_in_a_name_is_refused_and_never_repeated(duibiao, inbox, tmp_path) -> None:
    done = duibiao("intake", inbox, *KUNMING, "-o", "ledger.json", "-o", "ledger.html")
    written = (tmp_path / "ledger.json").read_text("utf-8") + (tmp_path / "ledger.html").read_text("utf-8")
    assert IDENTITY[:17] not in done.out + done.err + written
    assert "[拒收] ….yaml：文件名里有身份证号。改名后重新报送" in done.out


def test_a_pipe_and_a_loop_of_links_stop_nothing(duibiao, inbox, tmp_path) -> None:
    os.mkfifo(inbox / "管道.yaml")
    (inbox / "环.yaml").symlink_to(inbox / "环.yaml")
    done = duibiao("intake", inbox, "-o", "ledger.json")
    assert (done.code, done.err) == (1, "")
    assert "[拒收] 管道.yaml：不是文件，也不是文件夹" in done.out
    assert "[拒收] 环.yaml：这是链接，不是文件" in done.out


def test_the_ledger_is_the_same_wherever_the_folder_lies(duibiao, inbox, tmp_path) -> None:
    moved = tmp_path / "elsewhere" / "x"
    shutil.copytree(inbox, moved, symlinks=True)
    for name, folder in (("a.json", inbox), ("b.json", moved)):
        duibiao("intake", folder, "-o", name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_where_nothing_is_refused_the_exit_status_is_0(duibiao, inbox, tmp_path) -> None:
    for path in inbox.iterdir():
        if not path.name.startswith("翠"):
            path.unlink()
    done = duibiao("intake", inbox, "-o", "ledger.html", locale=LOCALES["en"])
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == "2 arrivals: 1 incomplete, 1 superseded"
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"翠湖岸\w*", "", done.out))


def test_an_empty_folder_is_an_empty_ledger(duibiao, tmp_path) -> None:
    (tmp_path / "空").mkdir()
    done = duibiao("intake", "空", "-o", "ledger.xlsx", "-o", "ledger.html")
    assert (done.code, done.out.splitlines()[0]) == (0, "没有收到申报")


@pytest.mark.parametrize(("folder", "words"), [("none", "找不到文件夹"), ("file", "这是文件，不是文件夹")])
def test_what_is_no_folder_is_refused(duibiao, tmp_path, folder, words) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = duibiao("intake", folder, "-o", "ledger.json")
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert not (tmp_path / "ledger.json").exists()


@pytest.mark.parametrize("name", ["收件/ledger.json", "收件/深/ledger.json", "a/../收件/ledger.json"])
def test_the_ledger_is_not_written_into_the_folder(duibiao, inbox, tmp_path, name) -> None:
    (tmp_path / "a").mkdir()
    before = sorted(inbox.rglob("*"))
    done = duibiao("intake", inbox, "-o", name)
    assert (done.code, done.out) == (2, "")
    assert "登记表不能写进收件文件夹" in done.err
    assert sorted(inbox.rglob("*")) == before


def test_an_unknown_ruleset_is_refused(duibiao, inbox) -> None:
    done = duibiao("intake", inbox, "--rules", "kunming", "-o", "ledger.json")
    assert (done.code, done.out) == (2, "")
    assert "没有规则集 kunming" in done.err


def test_the_files_of_a_package_are_read_from_what_was_received() -> None:
    file = SimpleNamespace(name="照片/a.jpg", digest="sha256:x", evidence=("E1",))
    absent = SimpleNamespace(code="file_absent", files=("b.jpg",))
    other = SimpleNamespace(code="file_unnamed", files=("c.jpg",))
    package: Any = SimpleNamespace(files=(file,), observations=(other, absent))
    assert sent_files(package) == (FileSent("sha256:x", ("E1",)),)
    assert absent_files(package) == ("b.jpg",)
    form: Any = SimpleNamespace(files=None, observations=())
    assert (sent_files(form), absent_files(form)) == (None, None)


def test_a_street_s_form_that_a_community_includes_is_received_and_says_by_whom(duibiao, tmp_path) -> None:
    folder = tmp_path / "收件"
    folder.mkdir()
    head = 'submission: 1\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'
    (folder / "街道.yaml").write_text(head + "subject: {id: s, name: 甲街道, kind: street}\n", "utf-8")
    (folder / "社区.yaml").write_text(
        head + "subject: {id: c, name: 乙社区, kind: community}\nincludes: [街道.yaml]\n", "utf-8"
    )
    done = duibiao("intake", folder, *KUNMING, "-o", "ledger.json")
    assert done.code == 0
    entries = json.loads((tmp_path / "ledger.json").read_text("utf-8"))["entries"]
    assert {one["name"]: (one["status"], one["included_by"]) for one in entries} == {
        "街道.yaml": ("received", ["社区.yaml"]),
        "社区.yaml": ("incomplete", []),
    }
