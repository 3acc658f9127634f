"""SHA-256 by default, SM3 where it is asked for; what is read says itself which of them it is."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

from evaluator.algorithms import algorithm_of, digest_of_bytes, new_hash
from evaluator.assessment import assess
from evaluator.assessment_file import not_an_assessment
from evaluator.canonical import canonical
from evaluator.comparing import compare
from evaluator.digests import digest_as_read, ruleset_digest, submission_digest
from evaluator.errata import Edition, touched
from evaluator.errors import EnvironmentFault, InputError
from evaluator.loading import opened, receive
from evaluator.packages.manifest import Entry, FileEntry, Manifest, Submitted, written
from evaluator.review import review_digest
from evaluator.reviewing.pair_faults import third_faults
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.packages.making import PDF, in_folder, in_zip, refusal, whole
from tests.evaluator.review.written import RATING, faults, faults_together, review, sent

# GB/T 32905-2016, appendix A.
VECTORS = [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]


@pytest.fixture
def python_without_sm3(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, *_more: object) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", refuse)


@pytest.mark.parametrize(("content", "wanted"), VECTORS)
def test_sm3_is_that_of_the_standard(content: bytes, wanted: str) -> None:
    assert digest_of_bytes(content, "sm3") == f"sm3:{wanted}"


@pytest.mark.parametrize(("content", "wanted"), VECTORS)
def test_where_python_has_no_sm3_that_of_cryptography_stands_in(
    python_without_sm3, content: bytes, wanted: str
) -> None:
    found = new_hash("sm3")
    for n in range(len(content)):
        found.update(content[n : n + 1])
        assert len(found.hexdigest()) == 64, "may be asked for on the way"
    assert found.hexdigest() == wanted


def test_where_nobody_has_sm3_that_is_said_with_the_mend(python_without_sm3, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives", None)
    with pytest.raises(EnvironmentFault) as caught:
        new_hash("sm3")
    assert caught.value.in_language("zh").startswith("[no_sm3] 这台机器的 Python 没有 SM3 算法。换用")
    assert digest_of_bytes(b"") == f"sha256:{hashlib.sha256().hexdigest()}"


@pytest.mark.parametrize(
    ("stated", "wanted"), [("sm3:00", "sm3"), ("sha256:00", "sha256"), ("00", "sha256"), (None, "sha256")]
)
def test_a_digest_names_its_algorithm(stated: object, wanted: str) -> None:
    assert algorithm_of(stated) == wanted


def test_every_digest_of_an_assessment_is_by_the_algorithm_that_was_asked_for(tmp_path: Path) -> None:
    rules = ruleset("[{check: {kind: cadence, events: meeting, every: year}}]")
    with opened(in_zip(tmp_path / "包.zip", whole()), algorithm="sm3") as origin:
        found = receive(origin, CATALOGUE)
    submission = found.submission
    document = assess(rules, CATALOGUE, submission, files=found.files, algorithm="sm3").document
    text = json.dumps(document)
    assert "sha256:" not in text
    assert text.count('"sm3:') == 7, "assessment, ruleset, submission, package, three files"
    rest = {key: value for key, value in document.items() if key != "digest"}
    assert document["digest"] == digest_of_bytes(canonical(rest), "sm3")
    assert document["ruleset"]["digest"] == ruleset_digest(rules, CATALOGUE, "sm3")
    assert document["submission"]["digest"] == submission_digest(submission, "sm3")
    assert document["submission"]["digest"] == digest_as_read(submission, "sm3")
    assert document["submission"]["files"][0]["digest"] == digest_of_bytes(PDF, "sm3")
    assert not_an_assessment(document) is None
    assert not_an_assessment({**document, "as_of": "2025-01-01"}) is not None
    assert not_an_assessment({**document, "digest": digest_of_bytes(canonical(rest))}) is None


def test_pictures_in_cells_are_digested_alike(tmp_path: Path) -> None:
    from tests.evaluator.packages.making import photo
    from tests.evaluator.packages.test_receiving_packages import workbook

    picture = photo(3)
    members = {"submission.xlsx": workbook(picture=picture)}
    with opened(in_folder(tmp_path / "夹", members), algorithm="sm3") as origin:
        (file,) = receive(origin, CATALOGUE).files or ()
    assert file.digest == digest_of_bytes(picture, "sm3")


def packed(folder: Path, algorithm: str, content: bytes = PDF) -> Path:
    """A package whose manifest states digests by ``algorithm``; ``content`` is what it says of D1.pdf."""
    members = {name: one.encode() if isinstance(one, str) else one for name, one in whole().items()}
    stated = {**members, "D1.pdf": content}
    found = {
        name: {"name": name, "digest": digest_of_bytes(one, algorithm), "size": len(one)}
        for name, one in stated.items()
    }
    (form,) = (Entry(**one) for name, one in found.items() if name == "submission.yaml")
    submission = receive(in_folder(folder / "before", members), CATALOGUE).submission
    manifest = Manifest(
        manifest=1,
        submission=Submitted(
            digest=submission_digest(submission, algorithm), subject="demo-01", period=submission.period
        ),
        forms=(form,),
        files=tuple(
            FileEntry(**one, type=name.rpartition(".")[2])
            for name, one in found.items()
            if name != "submission.yaml"
        ),
    )
    return in_folder(folder / "packed", {**members, "manifest.json": written(manifest)})


@pytest.mark.parametrize("stated", ["sha256", "sm3"])
@pytest.mark.parametrize("asked", ["sha256", "sm3"])
def test_a_manifest_is_compared_in_its_own_algorithm(tmp_path: Path, stated, asked) -> None:
    with opened(packed(tmp_path, stated), algorithm=asked) as origin:
        found = receive(origin, CATALOGUE)
    assert found.files is not None
    assert {one.digest.partition(":")[0] for one in found.files} == {asked}


@pytest.mark.parametrize("stated", ["sha256", "sm3"])
def test_a_file_that_is_not_that_of_its_manifest_is_refused_in_either(tmp_path: Path, stated) -> None:
    changed = PDF.replace(b"trailer", b"TRAILER")
    path = packed(tmp_path, stated, changed)
    assert refusal(path) == [
        "packed/D1.pdf: [manifest_differs] 内容与清单 manifest.json 的校验码不符。重新打包"
    ]
    with pytest.raises(InputError), opened(path, algorithm="sm3") as origin:
        receive(origin, CATALOGUE)


RULES = ruleset("[{check: " + RATING + "}]")
SENT = sent()


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_review_binds_submission_and_rules_by_either(algorithm) -> None:
    rules = {"id": "trial", "version": "1.0.0", "digest": ruleset_digest(RULES, CATALOGUE, algorithm)}
    own = {"id": "demo", "digest": submission_digest(SENT, algorithm)}
    assert faults(RULES, SENT, review(submission=own, ruleset=rules)) == []
    other = {**own, "digest": f"{algorithm}:{'0' * 64}"}
    wrong = {**rules, "digest": f"{algorithm}:{'0' * 64}"}
    found = faults(RULES, SENT, review(submission=other, ruleset=wrong))
    assert [(one.code, one.path) for one in found] == [
        ("other_digest", ("submission", "digest")),
        ("other_digest", ("ruleset", "digest")),
    ]


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_review_follows_another_by_either(algorithm) -> None:
    before = review(stage="preliminary", date="2025-11-01")
    assert faults_together(before, review(follows=[review_digest(before, algorithm)])) == []
    stranger = review(follows=[f"{algorithm}:{'0' * 64}"])
    assert faults_together(before, stranger) == [(1, "follows_another")]


@pytest.mark.parametrize("algorithms", [("sm3", "sm3"), ("sha256", "sm3")])
def test_a_third_names_the_two_by_either(algorithms) -> None:
    two = [review(number=number) for number in ("0042", "0051")]
    names = [review_digest(one, algorithm) for one, algorithm in zip(two, algorithms, strict=True)]
    assert list(third_faults(review(number="0060", settles=names), *two, ())) == []
    for wrong in (names[:1], [names[0], names[0]], [*names, f"sm3:{'0' * 64}"]):
        (fault,) = third_faults(review(number="0060", settles=wrong), *two, ())
        assert fault.code == "settles_others"


def test_a_review_stands_in_an_assessment_by_its_algorithm() -> None:
    given = review("ratings: [{criterion: c1, level: 2, reason: 看过}]")
    document = assess(RULES, CATALOGUE, SENT, reviews=[given], algorithm="sm3").document
    assert document["reviews"][0]["digest"] == review_digest(given, "sm3")
    assert document["criteria"][0]["review"]["digest"] == review_digest(given, "sm3")


def test_assessments_by_different_algorithms_are_compared_by_what_they_say() -> None:
    old = assess(RULES, CATALOGUE, SENT).document
    new = assess(RULES, CATALOGUE, SENT, algorithm="sm3").document
    assert [one["changed"] for one in compare(old, new)["criteria"]] == [False]


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_an_erratum_knows_the_results_of_its_rules_by_either(algorithm) -> None:
    one = Edition(RULES, CATALOGUE)
    document = assess(RULES, CATALOGUE, SENT, algorithm=algorithm).document
    other = {**document, "ruleset": {**document["ruleset"], "digest": f"{algorithm}:{'0' * 64}"}}
    found = touched(one, one, [("a.json", document), ("b.json", other)])
    assert (found["worded_only"], found["other_digest"]) == (1, ["b.json"])
