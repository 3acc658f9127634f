"""OSCAL assessment-results: read by the models of compliance-trestle, whole in itself, and saying what the assessment says."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import trestle.oscal.assessment_results as models
from pydantic import ValidationError

from commands.writing import json_bytes
from evaluator.assessment import assess
from evaluator.loading import load_ruleset, load_submission, receive, ruleset_ids
from evaluator.packages.records import FileRecord
from evaluator.review import Review
from scorecards.oscal import assessment_results
from scorecards.oscal.writing import markup, token
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.review.written import RATING, review, reviewed, sent
from tests.scorecards import samples
from tests.scorecards.oscal_documents import defined, included, members, properties, referred, said

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SUBMISSIONS = sorted(path for name in ruleset_ids() for path in (EXAMPLES / name).glob("*.yaml"))
WRITTEN = {"method": "on_site", "date": "2025-12-10", "reason": "现场"}


@cache
def example(path: Path, stage: Any = None) -> str:
    loaded = load_ruleset(path.parent.name)
    submission = load_submission(path, loaded.catalogue)
    return json.dumps(assess(loaded.ruleset, loaded.catalogue, submission, stage=stage).document)


def with_review() -> dict[str, Any]:
    """Corrected, rejected, rated and decided."""
    loaded = load_ruleset("kunming-model-community")
    submission = load_submission(EXAMPLES / "kunming-model-community" / "middling.yaml", loaded.catalogue)
    one = Review.model_validate(
        {
            "review": 1,
            "submission": {"id": submission.subject.id},
            "ruleset": {"id": loaded.ruleset.ruleset, "version": loaded.ruleset.version},
            "stage": "inspection",
            "reviewer": {"role": "provincial_inspector", "unit": "省民族宗教事务委员会", "number": "Q-77-Q"},
            "also": [{"role": "expert", "unit": "某大学民族研究中心", "number": "Q-88-Q"}],
            "corrections": [{"count": "model_buildings", "claimed": 1, "verified": 2, **WRITTEN}],
            "rejected_evidence": [{"id": "E06", **WRITTEN}],
            "ratings": [{"criterion": "km-4-6", "level": 2, **WRITTEN}],
            "decisions": [{"criterion": "km-2-6", "outcome": "not_satisfied", **WRITTEN}],
        }
    )
    return assess(loaded.ruleset, loaded.catalogue, submission, reviews=[one]).document


def with_files(algorithm: Any = "sha256") -> dict[str, Any]:
    """Two files, one of them with a name that is no address as it stands."""
    digest = f"{algorithm}:{'0f' * 32}"
    files = (
        FileRecord("佐证/a b:#1.pdf", digest, 10, "pdf", ("E1",)),
        FileRecord("x.wps", digest, 7, "doc"),
    )
    rules = ruleset("[{check: {kind: cadence, events: meeting, every: year}}]")
    text = '{events: [{id: E1, type: meeting, date: "2025-03-12", title: 例会}]}'
    return assess(rules, CATALOGUE, sent(text), files=files, algorithm=algorithm).document


def leniently() -> dict[str, Any]:
    """With an item that was set aside."""
    loaded = load_ruleset("kunming-model-community")
    path = EXAMPLES / "kunming-model-community" / "middling.yaml"
    received = receive(path, loaded.catalogue, lenient=True)
    found = assess(
        loaded.ruleset, loaded.catalogue, received.submission, observations=received.observations
    ).document
    found["integrity"] = [
        *found["integrity"],
        {
            "code": "set_aside",
            "evidence": [],
            "message": {"zh": "填报有误，暂不计分", "en": "set aside"},
            "files": ["a.pdf"],
        },
    ]
    return found


def nothing_applies() -> dict[str, Any]:
    """No criterion applies."""
    rules = ruleset(
        "[{applies_when: {kind: statement, statement: desk}, check: {kind: statement, statement: desk}}]"
    )
    return assess(rules, CATALOGUE, sent("{statements: [{id: S1, type: desk, value: false}]}")).document


SPECIAL = {
    "reviewed": with_review,
    "files": with_files,
    "files by SM3": lambda: with_files("sm3"),
    "lenient": leniently,
    "nothing applies": nothing_applies,
    "all kinds": samples.rich,
    "a failed veto": samples.refused,
    "unscored": samples.unscored,
    "hostile": samples.hostile,
}
EVERY = [
    *(pytest.param(lambda path=path: json.loads(example(path)), id=f"{path.parent.name}/{path.stem}") for path in SUBMISSIONS),
    *(
        pytest.param(lambda path=path: json.loads(example(path, "inspection")), id=f"{path.parent.name}/{path.stem} inspected")
        for path in SUBMISSIONS
        if path.stem == "middling"
    ),
    *(pytest.param(make, id=name) for name, make in SPECIAL.items()),
]  # fmt: skip


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_document_is_valid_and_whole_in_itself(make: Any, lang: Any) -> None:
    assessment = make()
    document = json.loads(json_bytes(assessment_results(assessment, lang)))
    models.Model.model_validate(document)
    whole = document["assessment-results"]
    assert whole["metadata"]["oscal-version"] == "1.1.3"
    uuids = defined(document)
    assert len(uuids) == len(set(uuids))
    assert referred(document) <= set(uuids)
    roles = {one["id"] for one in whole["metadata"]["roles"]}
    assert {one for key, one in members(document) if key == "role-id"} <= roles
    (result,) = whole["results"]
    controls, left_out = included(result)
    assert controls == [token(one["id"]) for one in assessment["criteria"]]
    found = [one["target"]["target-id"] for one in result.get("findings", ())]
    assert found == [f"{one}.objective" for one in controls if one not in left_out]
    local = [one["parts"][0]["id"] for one in whole["local-definitions"]["objectives-and-methods"]]
    assert local == [f"{one}.objective" for one in controls]
    selected = result["reviewed-controls"].get("control-objective-selections", [])
    assert [one["objective-id"] for s in selected for one in s["include-objectives"]] == found
    observed = {one["uuid"] for one in result.get("observations", ())}
    assert {
        one["observation-uuid"] for f in result.get("findings", ()) for one in f["related-observations"]
    } <= observed


@pytest.mark.parametrize("make", EVERY)
def test_nothing_is_said_that_only_a_later_oscal_can_read(make: Any) -> None:
    """1.2 lets remarks stand in places where 1.1.3 has none; for all else both have the same members."""
    document = assessment_results(make())
    places = ("related-observations", "include-objectives", "exclude-objectives", "logged-by")
    for key, listed in members(document):
        if key in places:
            assert not any("remarks" in one for one in listed)


@pytest.mark.parametrize("make", EVERY)
def test_met_not_met_unknown_and_not_applicable_stay_apart(make: Any) -> None:
    assessment = make()
    (result,) = assessment_results(assessment)["assessment-results"]["results"]
    findings = {said(one)["criterion"]: one for one in result.get("findings", ())}
    for one in assessment["criteria"]:
        if one["outcome"] == "not_applicable":
            assert one["id"] not in findings
            continue
        status = findings[one["id"]]["target"]["status"]
        undecided = one["earned"]["floor"] != one["earned"]["ceiling"]
        wanted = (
            ("not-satisfied", "other")
            if undecided
            else ("satisfied", "pass")
            if one["outcome"] == "satisfied"
            else ("not-satisfied", "fail")
        )
        assert (status["state"], status["reason"]) == wanted
        assert said(findings[one["id"]])["outcome"] == one["outcome"]
        assert said(findings[one["id"]])["decided"] == str(not undecided).lower()


@pytest.mark.parametrize("spoil", ["uuid", "title", "results", "back-matter"])
def test_the_models_find_what_is_wrong(spoil: str) -> None:
    document = assessment_results(json.loads(example(SUBMISSIONS[0])))
    if spoil == "uuid":
        document["assessment-results"]["uuid"] = "1"
    elif spoil == "title":
        document["assessment-results"]["metadata"]["title"] = "a\nb"
    elif spoil == "results":
        document["assessment-results"]["results"] = []
    else:
        document["assessment-results"]["back-matter"]["resource"] = []
    with pytest.raises(ValidationError):
        models.Model.model_validate(document)


def test_scores_stand_as_properties_of_our_own_exactly() -> None:
    assessment = json.loads(example(SUBMISSIONS[2]))
    (result,) = assessment_results(assessment)["assessment-results"]["results"]
    found = said(result)
    score = assessment["score"]
    assert (found["score-floor"], found["score-ceiling"]) == (score["floor"], score["ceiling"])
    assert found["score-exact-floor"] == score["exact"]["floor"]
    assert found["score-exact-ceiling"] == score["exact"]["ceiling"]
    assert (found["accepted"], found["grade"], found["scored"]) == ("undecided", "undecided", "true")
    assert (result["start"], result["end"]) == ("2025-01-01T00:00:00+08:00", "2025-12-31T23:59:59+08:00")
    assert all(one["ns"] == "https://duibiao.invalid/ns/oscal/1" for one in properties(result))


def test_the_same_assessment_gives_the_same_uuids_in_either_language_and_another_gives_others() -> None:
    assessment = json.loads(example(SUBMISSIONS[0]))
    zh, en = (assessment_results(assessment, lang) for lang in ("zh", "en"))
    assert defined(zh) == defined(en)
    assert json_bytes(zh) == json_bytes(assessment_results(deepcopy(assessment)))
    other = assessment_results({**assessment, "digest": "sha256:" + "0" * 64})
    shared = set(defined(zh)) & set(defined(other))
    parties = {one["uuid"] for one in zh["assessment-results"]["metadata"]["parties"]}
    assert shared == parties, "an institution is the same wherever it is named"


@pytest.mark.parametrize(("algorithm", "called"), [("sha256", "SHA-256"), ("sm3", "SM3")])
def test_a_file_is_a_resource_with_its_hash_and_the_evidence_links_to_it(algorithm, called) -> None:
    whole = assessment_results(with_files(algorithm))["assessment-results"]
    files = [one for one in whole["back-matter"]["resources"] if "rlinks" in one]
    assert [one["rlinks"] for one in files] == [
        [
            {
                "href": "x.wps",
                "hashes": [{"algorithm": called, "value": "0f" * 32}],
            }
        ],
        [
            {
                "href": "%E4%BD%90%E8%AF%81/a%20b%3A%231.pdf",
                "hashes": [{"algorithm": called, "value": "0f" * 32}],
                "media-type": "application/pdf",
            }
        ],
    ]
    evidence = [one for o in whole["results"][0]["observations"] for one in o.get("relevant-evidence", ())]
    assert [one["links"] for one in evidence] == [
        [{"href": f"#{files[1]['uuid']}", "rel": "evidence"}] for _ in evidence
    ]
    assert evidence


def test_a_review_is_told_by_its_unit_and_never_by_a_staff_number() -> None:
    assessment = with_review()
    whole = assessment_results(assessment)["assessment-results"]
    units = {one["uuid"]: one["name"] for one in whole["metadata"]["parties"]}
    (result,) = whole["results"]
    (entry,) = result["assessment-log"]["entries"]
    assert [units[one["party-uuid"]] for one in entry["logged-by"]] == [
        "省民族宗教事务委员会",
        "某大学民族研究中心",
    ]
    said_so = [one for one in result["observations"] if "entry" in said(one)]
    assert {said(one)["entry"] for one in said_so} == {"correction", "rejection", "rating", "decision"}
    assert {one["collected"] for one in said_so} == {"2025-12-10T23:59:59+08:00"}
    actors = {a["actor-uuid"] for one in said_so for o in one["origins"] for a in o["actors"]}
    assert {units[one] for one in actors} == {"省民族宗教事务委员会", "某大学民族研究中心"}
    text = json.dumps(whole, ensure_ascii=False)
    assert "Q-77-Q" not in text
    assert "Q-88-Q" not in text


@pytest.mark.parametrize(
    ("method", "wanted"),
    [("documents", "EXAMINE"), ("on_site", "TEST"), ("interview", "INTERVIEW"), ("survey", "INTERVIEW")],
)
def test_methods_are_those_of_the_rule(method: str, wanted: str) -> None:
    rules = ruleset(f"[{{method: {method}, check: {RATING}}}]")
    (result,) = assessment_results(assess(rules, CATALOGUE, sent()).document)["assessment-results"]["results"]
    assert {method for one in result["observations"] for method in one["methods"]} == {wanted}


def test_a_reviewer_s_own_method_is_that_of_what_he_said() -> None:
    rules = ruleset(f"[{{method: on_site, check: {RATING}}}]")
    given = review("ratings: [{criterion: c1, level: 2, reason: 座谈, method: interview}]")
    (result,) = assessment_results(reviewed(rules, sent(), given))["assessment-results"]["results"]
    assert [one["methods"] for one in result["observations"]] == [["TEST"], ["INTERVIEW"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("*甲* _乙_ [丙](http://x)", r"\*甲\* \_乙\_ \[丙\](http://x)"),
        ("<b>{{ insert: param, x }}</b>", r"\<b\>\{\{ insert: param, x \}\}\</b\>"),
        ("a\nb\u202e\x00c ", "a b c"),
        ("\u200b", "—"),
    ],
)
def test_no_text_is_read_as_markup(text: str, wanted: str) -> None:
    assert markup(text) == wanted


@pytest.mark.parametrize(("identifier", "wanted"), [("km-2-6", "km-2-6"), ("2-6", "_2-6"), ("a_b", "a_b")])
def test_an_identifier_is_a_token_that_can_be_told_back(identifier: str, wanted: str) -> None:
    assert token(identifier) == wanted
