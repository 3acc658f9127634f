"""The same evidence through page, workbook and command line gives the same assessment, byte by byte."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from evaluator.loading import load_submission
from tests.workbench.province import Province, begin, went_well
from workbench import drafts

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).parent / "duibiao"
RULES = "kunming-model-community"
MIDDLING = ROOT / "examples" / RULES / "middling.yaml"
ENVIRONMENT = {"LC_ALL": "zh_CN.UTF-8", "PATH": "/usr/bin:/bin"}


def duibiao(*arguments: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done


def photograph(colour: tuple[int, int, int] = (10, 120, 200), gps: bool = True) -> bytes:
    """A picture of a building's shape, as a telephone takes it: with its place and device."""
    image = Image.effect_noise((640, 480), 80).convert("RGB")
    image.paste(colour, (40, 60, 300, 400))
    exif = Image.Exif()
    exif[0x0110] = "Telephone 9"
    exif[0x9003] = "2025:05:20 10:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2025:05:20 10:00:00"
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 2.0, 30.0), 3: "E", 4: (102.0, 42.0, 0.0)})
    made = io.BytesIO()
    image.save(made, "JPEG", exif=exif, quality=90)
    return made.getvalue()


def fill(client, server: Province, path: str, source: Path) -> None:
    """Type every field of an example into the pages, as a person would."""
    number = int(path.rpartition("/")[2])
    with server.workbench.database.read() as connection:
        draft = drafts.find(connection, number)
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    submission = load_submission(source, loaded.catalogue)
    form = drafts.form_of(draft)
    events = form.table("events")
    used: dict[str, int] = {}

    def cell(sheet: str, row: int, key: str, value: object) -> None:
        if value not in (None, ""):
            data = {"sheet": sheet, "row": row, "key": key, "value": str(value), "seen": 0}
            answer = client.post(f"{path}/cells", data=data)
            assert answer.status_code == 200, (data, answer.text)

    def next_row(sheet, item: str) -> int:
        rows = [n for n, row in enumerate(sheet.rows) if row.item == item]
        taken = used.get(item, 0)
        used[item] = taken + 1
        if taken < len(rows):
            return rows[taken]
        added = client.post(f"{path}/rows", data={"sheet": sheet.id, "item": item})
        return int(added.headers["location"].rpartition("#r")[2])

    for n, row in enumerate(form.table("counts").rows):
        cell("counts", n, "now", submission.counts.get(row.item))
        cell("counts", n, "source", submission.sources.get(row.item))
        cell("counts", n, "before", submission.previous.counts.get(row.item))
    own = {item.id for item in form.items if not item.street}
    for event in submission.events:
        if event.type in own:
            row = next_row(events, event.type)
            for key in ("date", "title", "expected", "present"):
                cell("events", row, key, getattr(event, key))
    for row_, row in enumerate(form.table("statements").rows):
        for one in submission.statements:
            if one.type == row.item:
                cell("statements", row_, "value", "是" if one.value else "否")
                cell("statements", row_, "note", one.note)


def submit(client, path: str) -> None:
    page = went_well(client.get(f"{path}/submit")).text
    version = page.partition('name="version" value="')[2].partition('"')[0]
    went_well(client.post(f"{path}/submit", data={"version": version, "declared": "true"}))


def test_page_workbook_and_command_line_give_the_same_bytes(server: Province, tmp_path: Path):
    """Typed in on pages with a photograph; the package scored by the command line; the workbook sent to another server."""
    client = server.client("community")
    path = begin(client)
    fill(client, server, path, MIDDLING)
    with server.workbench.database.read() as connection:
        form = drafts.form_of(drafts.find(connection, 1))
    row = next(n for n, one in enumerate(form.table("events").rows) if one.item == "publicity_session")
    client.post(f"{path}/cells", data={"sheet": "events", "row": row, "key": "date", "value": "2025-05-20"})
    sent = client.post(
        f"{path}/files",
        files={"file": ("活动照片.jpg", photograph())},
        data={"sheet": "events", "row": row},
        headers={"x-part": "files"},
    )
    assert sent.status_code == 200, sent.text
    workbook = went_well(client.get(f"{path}/workbook.xlsx")).content
    submit(client, path)
    by_page = went_well(client.get(f"{path}/assessment.json")).content
    assert len(json.loads(by_page)["submission"]["files"]) == 1

    package = tmp_path / "package.zip"
    package.write_bytes(went_well(client.get(f"{path}/package.zip")).content)
    duibiao("score", package, "--rules", RULES, "--format", "json", "--out", tmp_path / "cli")
    assert (tmp_path / "cli" / f"cuihu-an.{RULES}.json").read_bytes() == by_page

    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "form.xlsx").write_bytes(workbook)
    with zipfile.ZipFile(package) as archive:
        (folder / "活动照片.jpg").write_bytes(archive.read("活动照片.jpg"))
    duibiao("score", folder, "--rules", RULES, "--format", "json", "--out", tmp_path / "book")
    by_workbook = json.loads((tmp_path / "book" / f"cuihu-an.{RULES}.json").read_bytes())
    # A folder without a manifest does not know the day of a photograph that was stripped: nothing else may differ.
    assert by_workbook["score"] == json.loads(by_page)["score"]
    assert by_workbook["submission"] == json.loads(by_page)["submission"]


def test_a_workbook_that_is_sent_gives_the_bytes_of_the_command_line(server: Province, tmp_path: Path):
    """``convert`` makes the workbook of an example; sent to the page and submitted, the assessment is that of ``score``."""
    duibiao("convert", MIDDLING, "--out", tmp_path / "form.xlsx", "--rules", RULES)
    duibiao("score", tmp_path / "form.xlsx", "--rules", RULES, "--format", "json", "--out", tmp_path / "cli")
    client = server.client("community")
    path = begin(client)
    content = (tmp_path / "form.xlsx").read_bytes()
    went_well(client.post(f"{path}/workbook", files={"file": ("form.xlsx", content)}))
    submit(client, path)
    expected = (tmp_path / "cli" / f"cuihu-an.{RULES}.json").read_bytes()
    assert went_well(client.get(f"{path}/assessment.json")).content == expected


def test_a_workbook_of_another_unit_is_refused(server: Province, tmp_path: Path):
    """Another community's form is not taken for one's own; what is wrong is told, nothing is changed."""
    duibiao("convert", MIDDLING, "--out", tmp_path / "form.xlsx", "--rules", RULES)
    client = server.client("neighbour")
    path = begin(client)
    refused = client.post(
        f"{path}/workbook", files={"file": ("form.xlsx", (tmp_path / "form.xlsx").read_bytes())}
    )
    assert refused.status_code == 422
    assert "cuihu-an" in refused.text
    assert "单位信息" in refused.text


@pytest.mark.parametrize(
    ("name", "content"), [("form.xlsx", b"PK\x03\x04broken"), ("form.xls", b"x"), ("../x.xlsx", b"x")]
)
def test_a_broken_workbook_is_refused_in_words(server: Province, name: str, content: bytes):
    """Whatever is sent, a page says what is wrong."""
    client = server.client("community")
    path = begin(client)
    refused = client.post(f"{path}/workbook", files={"file": (name, content)})
    assert refused.status_code == 422
    assert 'class="problems"' in refused.text


def test_a_photograph_loses_its_place_and_device(server: Province):
    """What is kept shows the picture and says nothing of where and by which device it was taken."""
    client = server.client("community")
    path = begin(client)
    original = photograph()
    assert b"Telephone 9" in original
    went_well(client.post(f"{path}/files", files={"file": ("照片.jpg", original)}))
    kept = went_well(client.get(f"{path}/files/1"))
    assert b"Telephone 9" not in kept.content
    assert not Image.open(io.BytesIO(kept.content)).getexif()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.exe", b"MZ\x90\x00" + b"\0" * 100, "a.exe"),
        ("a.jpg", b"<html><script>alert(1)</script>", "a.jpg"),
        ("张三13812345678.jpg", b"\xff\xd8\xff", "电话"),
        ("empty.pdf", b"", "empty.pdf"),
    ],
)
def test_a_file_that_proves_nothing_safe_is_refused(server: Province, name: str, content: bytes, told: str):
    """A program, a page under a picture's name, a number of a person in a name, nothing at all."""
    client = server.client("community")
    path = begin(client)
    refused = client.post(f"{path}/files", files={"file": (name, content)})
    assert refused.status_code == 422
    assert told in refused.text
    assert "13812345678" not in refused.text
    assert client.get(f"{path}/files/1").status_code == 404


def test_files_are_served_so_that_nothing_of_them_runs(server: Province):
    """Pictures and PDF are shown, everything else is given for saving; none is guessed at, none runs a script."""
    client = server.client("community")
    path = begin(client)
    went_well(client.post(f"{path}/files", files={"file": ("照片.jpg", photograph())}))
    shown = client.get(f"{path}/files/1").headers
    assert shown["content-type"] == "image/jpeg"
    assert shown["content-disposition"].startswith("inline")
    assert "script-src" not in shown["content-security-policy"]
    assert "default-src 'none'" in shown["content-security-policy"]
    assert shown["x-content-type-options"] == "nosniff"


def test_a_second_file_of_the_same_name_gets_another(server: Province):
    """Two different pictures of one name are both kept; the same picture twice is one."""
    client = server.client("community")
    path = begin(client)
    for content in (
        photograph(),
        photograph((200, 20, 20)),
    ):
        went_well(client.post(f"{path}/files", files={"file": ("照片.jpg", content)}))
    page = client.get(path).text
    assert "照片.jpg" in page
    assert "照片-2.jpg" in page


def test_a_file_is_taken_out_of_a_row_and_of_the_submission(server: Province):
    """Out of the row it stays with the submission; removed there, no row names it any more."""
    client = server.client("community")
    path = begin(client)
    data = {"sheet": "events", "row": 0}
    went_well(client.post(f"{path}/files", files={"file": ("照片.jpg", photograph())}, data=data))
    assert "照片.jpg" in client.get(f"{path}/form/events").text
    went_well(client.post(f"{path}/files/1/remove", data=data))
    assert "照片.jpg" not in client.get(f"{path}/form/events").text
    assert "照片.jpg" in client.get(path).text
    went_well(client.post(f"{path}/files/1/remove"))
    assert "照片.jpg" not in client.get(path).text


def test_what_the_street_states_counts_for_its_communities(either: Province):
    """Submitted once by the street, it counts in each community's form without being typed again, and in the package."""
    street, community = either.client("street"), either.client("community")
    path = begin(community)
    assert "街道统一填报的内容还没有提交" in community.get(f"{path}/standing").text
    of_street = begin(street)
    with either.workbench.database.read() as connection:
        form = drafts.form_of(drafts.find(connection, int(of_street.rpartition("/")[2])))
    row = next(
        n for n, one in enumerate(form.table("street").rows) if one.item == "creation_significance_publicity"
    )
    for key, value in (("date", "2025-05-06"), ("title", "创建意义宣传")):
        street.post(f"{of_street}/cells", data={"sheet": "street", "row": row, "key": key, "value": value})
    submit(street, of_street)
    submit(community, path)
    made = json.loads(went_well(community.get(f"{path}/assessment.json")).content)
    first = next(one for one in made["criteria"] if one["id"] == "km-0-1")
    assert first["outcome"] == "satisfied"
    archive = zipfile.ZipFile(io.BytesIO(community.get(f"{path}/package.zip").content))
    assert {"cuihu-an.json", "cuihu.json"} <= set(archive.namelist())


def test_history_shows_what_was_reached_period_by_period(server: Province):
    """Each period with its interval; a neighbour's history is not there."""
    client = server.client("community")
    for year in (2024, 2025):
        submit(client, begin(client, year=year))
    page = went_well(client.get("/history/cuihu-an")).text
    assert "2024-01-01" in page
    assert "2025-12-31" in page
    assert client.get("/history/cuihu-dong").status_code == 404
