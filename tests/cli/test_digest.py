"""``--digest sm3``: every digest that is made is by SM3; whatever reads digests takes either, and both together."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

KUNMING = ("--rules", "kunming-model-community")
NAME = "cuihu-an.kunming-model-community.json"


@pytest.fixture
def both(duibiao, middling: Path, tmp_path: Path) -> list[Path]:
    """A self-check by SHA-256 and an inspection by SM3, of one community."""
    for stage, algorithm in (("self_check", "sha256"), ("inspection", "sm3")):
        done = duibiao(
            "score", middling, *KUNMING, "--stage", stage, "--digest", algorithm, "--format", "json",
            "--out", stage,
        )  # fmt: skip
        assert done.code == 0
    return [tmp_path / stage / NAME for stage in ("self_check", "inspection")]


def algorithms(text: str) -> set[str]:
    """The algorithms that are named in ``text``."""
    return set(re.findall(r"(sha256|sm3):[0-9a-f]{64}", text))


def test_score_states_one_algorithm_and_sha256_unless_asked(duibiao, both, middling) -> None:
    assert [algorithms(path.read_text(encoding="utf-8")) for path in both] == [{"sha256"}, {"sm3"}]
    told = duibiao("score", middling, *KUNMING, "--format", "json", "--out", "-")
    assert told.out.encode() == both[0].read_bytes()


def test_the_scorecard_prints_the_digest_as_it_is(duibiao, both, middling, tmp_path) -> None:
    done = duibiao(
        "score", middling, *KUNMING, "--stage", "inspection", "--digest", "sm3", "--format", "html"
    )
    assert done.code == 0
    page = (tmp_path / NAME).with_suffix(".html").read_text(encoding="utf-8")
    own = json.loads(both[1].read_bytes())["digest"]
    assert own in re.sub("[\u200b\u2060\u00ad]|<wbr>", "", page)
    assert algorithms(page) <= {"sm3"}


def test_an_altered_assessment_is_refused_in_sm3_too(duibiao, both, tmp_path) -> None:
    altered = tmp_path / "altered.json"
    altered.write_text(both[1].read_text(encoding="utf-8").replace("72.31", "99.99", 1), encoding="utf-8")
    done = duibiao("compare", both[0], altered)
    assert (done.code, done.out) == (2, "")
    assert "[altered]" in done.err


def test_two_algorithms_are_compared_put_in_one_dossier_and_superseded(
    duibiao, both, middling, tmp_path
) -> None:
    assert duibiao("compare", *both).code == 0
    done = duibiao("dossier", *both, "--submission", middling, "-o", "d.zip")
    assert (done.code, done.err) == (0, "")
    with zipfile.ZipFile(tmp_path / "d.zip") as packed:
        manifest = json.loads(packed.read("manifest.json"))
        forms = {name: packed.read(name) for name in packed.namelist() if name.startswith("submissions/")}
    assert [one["same"] for one in manifest["rules"]] == [True, True]
    assert len(forms) == 2
    assert len(set(forms.values())) == 1
    again = duibiao(
        "score", middling, *KUNMING, "--digest", "sm3", "--supersedes", both[0], "--format", "json", "--out", "new"
    )  # fmt: skip
    assert again.code == 0
    document = json.loads((tmp_path / "new" / NAME).read_bytes())
    assert document["supersedes"] == json.loads(both[0].read_bytes())["digest"]
    assert document["digest"].startswith("sm3:")


def test_a_review_bound_by_sha256_stands_in_an_assessment_by_sm3(duibiao, both, middling, tmp_path) -> None:
    sent = json.loads(both[0].read_bytes())
    review = {
        "review": 1,
        "submission": {"id": "cuihu-an", "digest": sent["submission"]["digest"]},
        "ruleset": {"id": "kunming-model-community", "version": "1.0.0"},
        "stage": "inspection",
        "reviewer": {"role": "provincial_inspector", "unit": "省民族宗教事务委员会", "number": "0042"},
        "ratings": [{"criterion": "km-4-6", "level": 2, "reason": "现场查看"}],
    }
    (tmp_path / "r.json").write_text(json.dumps(review), encoding="utf-8")
    made = ("score", middling, *KUNMING, "--review", "r.json", "--digest", "sm3", "--format", "json")
    assert duibiao(*made).code == 0
    found = json.loads((tmp_path / NAME).read_bytes())["reviews"][0]
    assert found["digest"].startswith("sm3:")
    assert found["submission"]["digest"] == sent["submission"]["digest"], "what the review states is quoted"


def test_a_batch_by_sm3_is_ranked_beside_one_by_sha256(duibiao, middling, excellent, tmp_path) -> None:
    import pyarrow.parquet as pq

    source = tmp_path / "sent"
    source.mkdir()
    for path in (middling, excellent):
        (source / path.name).write_bytes(path.read_bytes())
    given = ("batch", source, *KUNMING, "--jobs", "1")
    assert duibiao(*given, "--out", "before", "--format", "parquet").code == 0
    formats = ("--format", "jsonl,parquet,xlsx")
    done = duibiao(*given, "--out", "after", "--digest", "sm3", "--previous", "before", *formats)
    assert done.code == 0, done.err
    (line, _) = (tmp_path / "after" / "assessments.jsonl").read_text(encoding="utf-8").splitlines()
    assert algorithms(line) == {"sm3"}
    table = pq.read_table(tmp_path / "after" / "results.parquet")
    for name in ("ruleset_digest", "submission_digest", "assessment_digest"):
        assert all(one.startswith("sm3:") for one in table.column(name).to_pylist())
    again = duibiao(*given, "--out", "after", "--resume", "--digest", "sm3", *formats)
    assert "沿用 2 份" in again.out
    other = duibiao(*given, "--out", "after", "--resume", *formats)
    assert "本次评了 2 份" in other.out
