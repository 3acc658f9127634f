"""``duibiao batch``: many submissions in, one set of files out; what is interrupted goes on, and nothing is done twice."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from evaluator.loading.results import entries_in, tallies_in

KUNMING = ("--rules", "kunming-model-community")
# One process prepares less than two; where more are looked at a test says so.
FIGURES = ("--jobs", "1", "--format", "parquet")
DOCUMENTS = ("--jobs", "1", "--format", "jsonl")


def submission(name: str, **counts: int) -> dict:
    return {
        "submission": 1,
        "subject": {
            "id": name,
            "name": "示例社区",
            "kind": "community",
            "region": ["云南省", "昆明市", "五华区"],
        },
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
        "counts": {"buildings": 40, "model_buildings": 2, **counts},
    }


def folder_of(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        text = json.dumps(submission(f"s-{n}", model_buildings=n % 5), ensure_ascii=False)
        (folder / f"s-{n}.json").write_text(text, encoding="utf-8")
    return folder


def lines_of(path: Path, submissions: list[dict]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in submissions), "utf-8")
    return path


def outputs(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".batch" not in path.parts
    }


def refused(folder: Path) -> dict:
    return json.loads((folder / "refused.json").read_bytes())


def subjects(folder: Path) -> list[str]:
    return pq.read_table(folder / "results.parquet").column("subject").to_pylist()


def test_an_assessment_is_the_document_that_score_writes(duibiao, tmp_path, middling, excellent) -> None:
    assert duibiao("batch", middling, excellent, *KUNMING, "--out", "all", *DOCUMENTS).code == 0
    lines = (tmp_path / "all" / "assessments.jsonl").read_text("utf-8").splitlines()
    listed = [json.loads(line) for line in lines]
    for path, found in zip((middling, excellent), listed, strict=True):
        alone = duibiao("score", path, *KUNMING, "--format", "json", "--out", "-")
        assert found == json.loads(alone.out)


def test_a_line_says_what_a_file_says(duibiao, tmp_path) -> None:
    whole = submission("s-1")
    (tmp_path / "s-1.json").write_text(json.dumps(whole), encoding="utf-8")
    lines_of(tmp_path / "all.jsonl", [whole])
    for source, out in (("s-1.json", "file"), ("all.jsonl", "line")):
        assert duibiao("batch", source, *KUNMING, "--out", out, *DOCUMENTS).code == 0
    found = [(tmp_path / out / "assessments.jsonl").read_bytes() for out in ("file", "line")]
    assert found[0] == found[1]


def test_a_scorecard_is_byte_for_byte_the_one_of_score(duibiao, tmp_path, middling) -> None:
    options = ("--scorecards", "all", "--scorecard-format", "pdf,html", "--summary")
    assert duibiao("batch", middling, *KUNMING, "--out", "all", *FIGURES, *options).code == 0
    assert duibiao("score", middling, *KUNMING, "--format", "pdf,html", "--summary").code == 0
    for kind in ("pdf", "html"):
        made = (tmp_path / "all" / "scorecards" / f"cuihu-an.{kind}").read_bytes()
        assert made == (tmp_path / f"cuihu-an.kunming-model-community.{kind}").read_bytes()


def test_one_bad_submission_never_stops_the_rest(duibiao, tmp_path) -> None:
    folder = folder_of(tmp_path / "in", 3)
    (folder / "s-1.json").write_text('{"submission": 1,\n "subject": 3}', encoding="utf-8")
    done = duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES)
    assert done.code == 2
    assert "有结果 2 份，退回 1 份" in done.out
    assert "refused.json" in done.err
    assert subjects(tmp_path / "out") == ["s-0", "s-2"]
    (bad,) = refused(tmp_path / "out")["submissions"]
    assert bad["source"] == "in/s-1.json"
    assert "in/s-1.json:2:2" in {one["place"] for one in bad["problems"]}
    assert all(one["what"]["zh"] and one["what"]["en"] for one in bad["problems"])


def test_the_ranking_lists_what_was_refused_in_a_sheet(duibiao, tmp_path) -> None:
    folder = folder_of(tmp_path / "in", 2)
    (folder / "s-1.json").write_text('{"submission": 1,\n "subject": 3}', encoding="utf-8")
    duibiao("batch", "in", *KUNMING, "--out", "out", "--format", "xlsx")
    book = load_workbook(tmp_path / "out" / "ranking.xlsx", read_only=True)
    rows = list(book["退回名单"].iter_rows(min_row=4, values_only=True))
    assert {row[0] for row in rows} == {"in/s-1.json"}
    assert [row[2] for row in rows] == [
        one["place"] for one in refused(tmp_path / "out")["submissions"][0]["problems"]
    ]


def test_a_refused_line_is_told_with_its_number(duibiao, tmp_path) -> None:
    text = json.dumps(submission("s-0")) + "\n\n" + '{"submission": 1}\n' + json.dumps(submission("s-2"))
    (tmp_path / "all.jsonl").write_text(text, encoding="utf-8")
    assert duibiao("batch", "all.jsonl", *KUNMING, "--out", "out", *FIGURES).code == 2
    (bad,) = refused(tmp_path / "out")["submissions"]
    assert bad["source"] == "all.jsonl:3"
    assert all(one["place"].startswith("all.jsonl:3") for one in bad["problems"])
    table = pq.read_table(tmp_path / "out" / "results.parquet")
    assert table.column("source").to_pylist() == ["all.jsonl:1", "all.jsonl:4"]


def test_of_two_submissions_of_a_subject_and_period_the_first_counts(duibiao, tmp_path) -> None:
    lines_of(tmp_path / "all.jsonl", [submission("s-0"), submission("s-1"), submission("s-0", families=9)])
    assert duibiao("batch", "all.jsonl", *KUNMING, "--out", "out", *FIGURES).code == 2
    assert subjects(tmp_path / "out") == ["s-0", "s-1"]
    (bad,) = refused(tmp_path / "out")["submissions"]
    assert bad["source"] == "all.jsonl:3"
    assert bad["subject"] == "s-0"
    assert "all.jsonl:1" in bad["problems"][0]["what"]["zh"]


def test_a_batch_killed_at_any_moment_goes_on_and_gives_the_same_bytes(
    duibiao, tmp_path, command, env
) -> None:
    folder_of(tmp_path / "in", 80)
    (tmp_path / "in" / "s-50.json").write_text("{", encoding="utf-8")
    assert duibiao("batch", "in", *KUNMING, "--out", "whole", *FIGURES).code == 2
    arguments = ["batch", "in", *KUNMING, "--out", "out", *FIGURES, "--resume"]
    for parts in (1, 3):
        process = subprocess.Popen(
            [command, *arguments], cwd=tmp_path, env=env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        kept = tmp_path / "out" / ".batch" / "parts"
        while process.poll() is None and len(list(kept.glob("*.arrow"))) < parts:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert not (tmp_path / "out" / "results.parquet").exists()
    done = duibiao(*arguments, "--jobs", "2")
    assert done.code == 2
    again = int(done.out.partition("沿用 ")[2].partition(" ")[0])
    assert again >= 3 * 16 - 1
    assert f"本次评了 {80 - again} 份" in done.out
    assert outputs(tmp_path / "out") == outputs(tmp_path / "whole")


@pytest.mark.parametrize("asked", [("SIGINT", "SIGINT", "SIGTERM"), ("SIGHUP", "SIGTERM", "SIGHUP")])
def test_asked_to_end_it_keeps_what_is_done_and_says_how_to_go_on(tmp_path, command, env, asked) -> None:
    folder_of(tmp_path / "in", 100)
    process = subprocess.Popen(
        [command, "batch", "in", *KUNMING, "--out", "out", *FIGURES, "--jobs", "2"],
        cwd=tmp_path,
        env=env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    kept = tmp_path / "out" / ".batch" / "parts"
    while process.poll() is None and not list(kept.glob("*.arrow")):
        time.sleep(0.002)
    # Whoever is impatient asks again, while it is ending.
    for name in asked:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, getattr(signal, name))
        time.sleep(0.02)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "--resume" in err
    assert "Traceback" not in err
    assert list(kept.glob("*.arrow"))
    assert not (tmp_path / "out" / ".batch" / "temporary").exists()
    assert not list(kept.glob("*.tmp"))


def test_resumed_when_finished_only_what_changed_is_done_again(duibiao, tmp_path) -> None:
    folder = folder_of(tmp_path / "in", 40)
    assert duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES).code == 0
    done = duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES, "--resume")
    assert (done.code, "本次评了 0 份，沿用 40 份" in done.out) == (0, True)
    (folder / "s-7.json").write_text(json.dumps(submission("s-7", model_buildings=9)), encoding="utf-8")
    (folder / "s-8.json").unlink()
    (folder / "s-99.json").write_text(json.dumps(submission("s-99")), encoding="utf-8")
    done = duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES, "--resume")
    assert "本次评了 2 份，沿用 38 份" in done.out
    assert "s-8" not in subjects(tmp_path / "out")
    assert duibiao("batch", "in", *KUNMING, "--out", "anew", *FIGURES).code == 0
    assert outputs(tmp_path / "out") == outputs(tmp_path / "anew")


def test_another_rule_or_option_does_all_again(duibiao, tmp_path, own_rules, edit) -> None:
    folder_of(tmp_path / "in", 3)
    first = ("batch", "in", "--rules", own_rules, "--out", "out", *FIGURES, "--resume")
    assert "本次评了 3 份" in duibiao(*first).out
    assert "沿用 3 份" in duibiao(*first).out
    assert "本次评了 3 份" in duibiao(*first, "--stage", "inspection").out
    assert "本次评了 3 份" in duibiao(*first, "--as-of", "2025-06-30").out
    edit(own_rules / "ruleset.yaml", 'version: "1.0.0"', 'version: "1.0.1"')
    assert "本次评了 3 份" in duibiao(*first).out


def test_what_a_submission_includes_counts_as_part_of_it(duibiao, tmp_path) -> None:
    street = {**submission("street"), "counts": {"families": 10}}
    street["subject"] = {"id": "street", "name": "示例街道", "kind": "street"}
    (tmp_path / "street.json").write_text(json.dumps(street), encoding="utf-8")
    whole = {**submission("s-0"), "includes": ["street.json"]}
    lines_of(tmp_path / "all.jsonl", [whole, submission("s-1")])
    run = ("batch", "all.jsonl", *KUNMING, "--out", "out", *DOCUMENTS, "--resume")
    assert "本次评了 2 份" in duibiao(*run).out
    told = (tmp_path / "out" / "assessments.jsonl").read_text("utf-8").splitlines()[0]
    assert '"id":"families"' in told
    assert "本次评了 0 份，沿用 2 份" in duibiao(*run).out
    street["counts"] = {"families": 11}
    (tmp_path / "street.json").write_text(json.dumps(street), encoding="utf-8")
    assert "本次评了 1 份，沿用 1 份" in duibiao(*run).out


def test_without_resume_a_folder_with_results_is_refused(duibiao, tmp_path) -> None:
    folder_of(tmp_path / "in", 1)
    assert duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES).code == 0
    before = outputs(tmp_path / "out")
    done = duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES)
    assert (done.code, "[batch_there]" in done.err, "--resume" in done.err) == (2, True, True)
    assert outputs(tmp_path / "out") == before


def test_two_batches_never_write_into_one_folder(duibiao, tmp_path) -> None:
    folder_of(tmp_path / "in", 1)
    assert duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES).code == 0
    with (tmp_path / "out" / ".batch" / "lock").open("a") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        for more in ((), ("--resume",)):
            done = duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES, *more)
            assert (done.code, "[batch_running]" in done.err) == (2, True)
    assert duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES, "--resume").code == 0


def test_scorecards_are_of_whom_the_file_lists_and_unknown_ones_are_told(duibiao, tmp_path) -> None:
    folder_of(tmp_path / "in", 3)
    (tmp_path / "who.txt").write_text("s-2\n# 备注\nnobody\n", encoding="utf-8")
    run = ("batch", "in", *KUNMING, "--out", "out", *FIGURES, "--scorecard-format", "html")
    done = duibiao(*run, "--scorecards", "who.txt")
    assert done.code == 2
    assert "who.txt:3: [unknown_subject]" in done.err
    assert refused(tmp_path / "out")["scorecards"][0]["place"] == "who.txt:3"
    cards = tmp_path / "out" / "scorecards"
    assert [path.name for path in cards.iterdir()] == ["s-2.html"]
    first = (cards / "s-2.html").stat().st_ino
    (tmp_path / "who.txt").write_text("s-1\ns-2\n", encoding="utf-8")
    assert duibiao(*run, "--scorecards", "who.txt", "--resume").code == 0
    assert sorted(path.name for path in cards.iterdir()) == ["s-1.html", "s-2.html"]
    assert (cards / "s-2.html").stat().st_ino == first
    assert duibiao(*run, "--resume").code == 0
    assert not cards.exists()


def test_scorecards_that_were_made_before_it_was_killed_are_not_made_again(
    duibiao, tmp_path, command, env
) -> None:
    folder_of(tmp_path / "in", 4)
    options = ("--scorecards", "all", "--scorecard-format", "html")
    run = ["batch", "in", *KUNMING, "--out", "out", *FIGURES, *options, "--resume"]
    process = subprocess.Popen(
        [command, *run], cwd=tmp_path, env=env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    cards = tmp_path / "out" / "scorecards"
    log = tmp_path / "out" / ".batch" / "scorecards.jsonl"
    while process.poll() is None and not (log.exists() and log.read_bytes().count(b".html") >= 2):
        time.sleep(0.002)
    process.kill()
    process.communicate()
    kept = {path.name: path.stat().st_ino for path in cards.glob("*.html")}
    assert kept
    assert duibiao(*run).code == 0
    assert len(list(cards.iterdir())) == 4
    logged = {json.loads(line)[0] for line in log.read_bytes().splitlines()}
    assert logged == {path.name for path in cards.iterdir()}
    stayed = {name for name, number in kept.items() if (cards / name).stat().st_ino == number}
    # The last may have been in its place before that was noted.
    assert len(stayed) >= max(len(kept) - 1, 1)
    assert duibiao("batch", "in", *KUNMING, "--out", "whole", *FIGURES, *options).code == 0
    assert outputs(tmp_path / "out") == outputs(tmp_path / "whole")


def test_the_scorecards_of_those_that_failed_leave_out_who_is_undecided(
    duibiao, tmp_path, excellent, middling
) -> None:
    done = duibiao(
        "batch",
        excellent,
        middling,
        *KUNMING,
        "--out",
        "out",
        *FIGURES,
        "--scorecards",
        "failed",
        "--scorecard-format",
        "html",
        "--stage",
        "inspection",
    )
    assert done.code == 0
    table = pq.read_table(tmp_path / "out" / "results.parquet").to_pylist()
    failed = {f"{one['subject']}.html" for one in table if one["accepted"] is False}
    assert {path.name for path in (tmp_path / "out" / "scorecards").iterdir()} == failed
    assert len(failed) == 1


REVIEW = """\
review: 1
submission: {{id: {id}}}
ruleset: {{id: kunming-model-community, version: "1.0.0"}}
stage: inspection
reviewer: {{role: provincial_inspector, unit: 云南省民族宗教事务委员会, number: "0042"}}
date: "2025-12-10"
method: on_site
corrections: [{{count: model_buildings, claimed: {claimed}, verified: 1, reason: 已核}}]
"""


def test_reviews_go_to_their_subjects_and_those_of_nobody_are_told(duibiao, tmp_path) -> None:
    folder_of(tmp_path / "in", 3)
    (tmp_path / "reviews").mkdir()
    for name, claimed in (("s-2", 2), ("s-77", 2)):
        text = REVIEW.format(id=name, claimed=claimed)
        (tmp_path / "reviews" / f"{name}.yaml").write_text(text, encoding="utf-8")
    formats = ("--jobs", "1", "--format", "jsonl,parquet")
    run = ("batch", "in", *KUNMING, "--out", "out", *formats, "--review", "reviews", "--resume")
    done = duibiao(*run)
    assert done.code == 2
    assert "没有用上的复核 1 份" in done.err
    assert [one["source"] for one in refused(tmp_path / "out")["reviews"]] == ["reviews/s-77.yaml"]
    alone = duibiao(
        "score", "in/s-2.json", *KUNMING, "--review", "reviews/s-2.yaml", "--out", "-", "--format", "json"
    )
    lines = (tmp_path / "out" / "assessments.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[2]) == json.loads(alone.out)
    entry = list(entries_in(tmp_path / "out"))[2]
    assert (entry.stage, entry.claimed is not None) == ("inspection", True)
    text = REVIEW.format(id="s-0", claimed=0)
    (tmp_path / "reviews" / "s-0.yaml").write_text(text, encoding="utf-8")
    assert "本次评了 1 份，沿用 2 份" in duibiao(*run).out


def test_a_faulty_review_refuses_its_subject_rather_than_be_passed_over(duibiao, tmp_path) -> None:
    folder_of(tmp_path / "in", 2)
    (tmp_path / "r.yaml").write_text(REVIEW.format(id="s-1", claimed=9), encoding="utf-8")
    assert duibiao("batch", "in", *KUNMING, "--out", "out", *FIGURES, "--review", "r.yaml").code == 2
    (bad,) = refused(tmp_path / "out")["submissions"]
    assert (bad["subject"], bad["problems"][0]["place"].startswith("r.yaml:")) == ("s-1", True)
    assert subjects(tmp_path / "out") == ["s-0"]
    assert refused(tmp_path / "out")["reviews"] == []


def test_leniently_a_faulty_item_is_set_aside_with_its_line(duibiao, tmp_path) -> None:
    one = submission("s-0")
    one["counts"]["families"] = "many"
    lines_of(tmp_path / "all.jsonl", [submission("s-1"), one])
    assert duibiao("batch", "all.jsonl", *KUNMING, "--out", "strict", *FIGURES).code == 2
    assert duibiao("batch", "all.jsonl", *KUNMING, "--out", "out", *DOCUMENTS, "--lenient").code == 0
    told = json.loads((tmp_path / "out" / "assessments.jsonl").read_text("utf-8").splitlines()[1])
    assert "all.jsonl:2:" in told["integrity"][0]["message"]["zh"]


def test_tables_hold_every_figure_exactly(duibiao, tmp_path, middling) -> None:
    assert duibiao("batch", middling, *KUNMING, "--out", "out").code == 0
    document = json.loads((tmp_path / "out" / "assessments.jsonl").read_text("utf-8"))
    (entry,) = entries_in(tmp_path / "out")
    exact = document["score"]["exact"]
    assert (str(entry.score.floor), str(entry.score.ceiling)) == (exact["floor"], exact["ceiling"])
    assert entry.integrity == tuple(one["code"] for one in document["integrity"])
    assert entry.digest == document["submission"]["digest"]
    assert (entry.grade, entry.accepted) == (document["grade"], document["accepted"])
    assert [one.section for one in entry.sections] == [one["id"] for one in document["sections"]]
    tallies = {one.criterion: one for one in tallies_in(tmp_path / "out")}
    assert {name: one.outcome for name, one in tallies.items()} == {
        one["id"]: one["outcome"] for one in document["criteria"]
    }
    found = next(one for one in document["criteria"] if one["id"] == "km-2-6")
    assert str(tallies["km-2-6"].short) == found["findings"][0]["shortfall"]["amount"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(duibiao, tmp_path) -> None:
    folder_of(tmp_path / "in", 1)
    (tmp_path / "locked").mkdir(mode=0o500)
    done = duibiao("batch", "in", *KUNMING, "--out", "locked/out")
    assert (done.code, "没有权限" in done.err) == (2, True)


def test_an_output_that_is_a_file_is_refused(duibiao, tmp_path) -> None:
    folder_of(tmp_path / "in", 1)
    (tmp_path / "out").write_text("", encoding="utf-8")
    done = duibiao("batch", "in", *KUNMING, "--out", "out")
    assert (done.code, "[no_folder]" in done.err) == (2, True)
    done = duibiao("batch", "in", *KUNMING, "--out", "out/below")
    assert done.code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nothing.jsonl",), "no_file"),
        (("empty.jsonl",), "no_submission"),
        (("in", "."), "out_inside"),
        (("in", "--scorecard-format", "docx"), "pdf,html"),
        (("in", "--format", "docx"), "jsonl,parquet"),
        (("in", "--scorecards", "nowhere.txt"), "nowhere.txt"),
        (("in", "--review", "nowhere"), "nowhere"),
        (("in", "--jobs", "0"), "1"),
        (("in", "--dask", "tcp://127.0.0.1:1", "--jobs", "2"), "--jobs"),
        (("in", "--dask", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    duibiao, tmp_path, arguments, told
) -> None:
    folder_of(tmp_path / "in", 1)
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    done = duibiao("batch", *arguments, *KUNMING, "--out", "out")
    assert done.code == 2
    assert told in done.err
    assert not (tmp_path / "out").exists()


def test_the_help_is_chinese(duibiao) -> None:
    done = duibiao("batch", "--help")
    assert "批量评分" in done.out
    assert "接着做" in done.out
    options = [line.split()[0] for line in done.out.splitlines() if line.strip().startswith("--")]
    assert len(options) > 12


def test_packages_are_submissions_and_the_parts_of_one_are_one(duibiao, tmp_path) -> None:
    folder = tmp_path / "in" / "社区"
    folder.mkdir(parents=True)
    whole = submission("s-0")
    whole["events"] = [{"id": "E1", "type": "publicity_session", "date": "2025-03-12", "files": ["e1.txt"]}]
    (folder / "submission.json").write_text(json.dumps(whole), encoding="utf-8")
    shutil.make_archive(str(tmp_path / "in" / "other"), "zip", folder)
    done = duibiao("batch", "in", *KUNMING, "--out", "out", *DOCUMENTS)
    assert done.code == 2
    (bad,) = refused(tmp_path / "out")["submissions"]
    assert bad["problems"][0]["code"] == "repeated_subject"
    alone = duibiao("score", "in/other.zip", *KUNMING, "--format", "json", "--out", "-")
    assert json.loads((tmp_path / "out" / "assessments.jsonl").read_bytes()) == json.loads(alone.out)
