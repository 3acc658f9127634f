"""Publishing as policy staff do it: a key, states, a bundle; and using the bundle elsewhere."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from evaluator.bundles.signing import fingerprint
from evaluator.reading import read_yaml
from tests.evaluator.bundles.making import KEY, approve, publish

ROOT = Path(__file__).resolve().parents[2]
NAME = "wuhu-pilot-2013"
FORM = min((ROOT / "examples" / NAME).glob("*.yaml"))
SCORE = ("score", FORM, "--format", "json", "--out", "-", "--rules")
NUMBER = "芜民宗〔2026〕9号"
EN = "en_US.UTF-8"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of a ruleset whose versions are not recorded."""
    folder = tmp_path / NAME
    shutil.copytree(
        ROOT / "rules" / NAME, folder, ignore=shutil.ignore_patterns("versions.yaml", "published")
    )
    return folder


def codes(err: str) -> list[str]:
    return [line.partition("[")[2].partition("]")[0] for line in err.splitlines() if ": [" in line]


@pytest.fixture
def published(rules: Path) -> Path:
    """The copy, with 1.0.0 published by an institution; its bundle lies in ``published``."""
    approve(rules, "1.0.0")
    (rules.parent / "unit.pub").write_bytes(KEY[1])
    publish(rules)
    return rules


def test_from_a_key_over_the_states_to_a_bundle(duibiao, rules, tmp_path) -> None:
    own = f"./{NAME}"
    done = duibiao("rules", "key", "-o", "芜湖市民宗局")
    assert (done.code, done.err) == (0, "")
    made = done.out.split()[-1]
    assert stat.S_IMODE((tmp_path / "芜湖市民宗局.pem").stat().st_mode) == 0o600
    assert duibiao("rules", "state", own, "--to", "draft", "--on", "2026-09-01").code == 0
    command = ("rules", "publish", own, "--key", "芜湖市民宗局.pem")
    assert codes(duibiao(*command, "--on", "2026-11-25").err) == ["not_approved"]
    done = duibiao("rules", "state", own, "--to", "approved", "--on", "2026-08-01", locale=EN)
    assert (done.code, codes(done.err)) == (2, ["state_date"])
    assert "write 2026-09-01 or a later day" in done.err
    done = duibiao("rules", "state", own, "--to", "approved", "--on", "2026-10-01", "--document", NUMBER)
    assert done.out == f"{NAME}@1.0.0  审定  2026-10-01  {NUMBER}\n"
    assert codes(duibiao(*command).err) == ["no_day"]
    assert not (rules / "published").exists()

    done = duibiao(*command, "--on", "2026-11-25", "--document", NUMBER, "-o", "out/w.duibiao")
    assert (done.code, done.err) == (0, "")
    kept = f"{NAME}/published/1.0.0.duibiao"
    assert done.out.splitlines()[1:] == [f"签名密钥 {made}", kept, "out/w.duibiao"]
    assert (tmp_path / "out" / "w.duibiao").read_bytes() == (tmp_path / kept).read_bytes()
    listed = read_yaml((rules / "versions.yaml").read_text("utf-8"), "").data["versions"][0]
    assert [one["state"] for one in listed["states"]] == ["draft", "approved", "published"]
    assert done.out.split()[1] == listed["digest"]
    assert len(listed["criteria"]) == 56
    assert f"1.0.0  2026-11-25  发布  {NUMBER}" in duibiao("rules", "state", own).out


def test_another_machine_scores_with_a_bundle_once_it_trusts_the_key(duibiao, published, tmp_path) -> None:
    bundle, other = published / "published" / "1.0.0.duibiao", {"DUIBIAO_TRUSTED": str(tmp_path / "trusted")}
    done = duibiao(*SCORE, bundle, **other)
    assert (done.code, codes(done.err)) == (2, ["untrusted_key"])
    assert fingerprint(KEY[1]) in done.err
    assert fingerprint(KEY[1]) in duibiao("rules", "trust", "unit.pub", **other).out
    done = duibiao(*SCORE, bundle, **other)
    assert (done.code, done.out) == (0, duibiao(*SCORE, NAME).out)
    damaged = tmp_path / "damaged.duibiao"
    damaged.write_bytes(bundle.read_bytes().replace(b"model: points", b"model: paints", 1))
    done = duibiao("rules", "show", damaged, locale=EN, **other)
    assert (done.code, codes(done.err)) == (2, ["altered_member"])
    assert f"damaged.duibiao/{NAME}/ruleset.yaml: [altered_member] it was altered after signing" in done.err


def test_published_rules_do_not_change_and_old_versions_score_on(duibiao, published, edit) -> None:
    own = f"./{NAME}"
    before = duibiao(*SCORE, own).out
    edit(published / "ruleset.yaml", 'points: "2"', 'points: "3"')
    assert codes(duibiao(*SCORE, own).err) == ["published_changed"]
    done = duibiao("rules", "check", own, locale=EN)
    assert (done.code, codes(done.err)) == (1, ["published_changed"])
    assert "raise version in ruleset.yaml, to 1.1.0 say" in done.err
    edit(published / "ruleset.yaml", 'version: "1.0.0"', 'version: "1.1.0"')
    found = json.loads(duibiao(*SCORE, own).out)
    assert (found["ruleset"]["version"], found["integrity"][0]["code"]) == ("1.1.0", "unpublished_rules")
    assert duibiao(*SCORE, f"{own}@1.0.0").out == before
    done = duibiao(*SCORE, f"{own}@1.2.0")
    assert (done.code, codes(done.err)) == (2, ["other_version"])
    assert "可用的版本：1.0.0、1.1.0" in done.err


def test_a_bundle_is_checked_tested_shown_and_made_a_form_of(duibiao, published, tmp_path) -> None:
    bundle, here = published / "published" / "1.0.0.duibiao", {"DUIBIAO_TRUSTED": str(tmp_path / "unit.pub")}
    assert duibiao("rules", "check", bundle, **here).out == f"{NAME}：56 项指标，没有问题\n"
    assert "0 个不符" in duibiao("rules", "test", bundle, **here).out
    assert duibiao("rules", "show", bundle, **here).out == duibiao("rules", "show", NAME).out
    done = duibiao("rules", "state", bundle, "--to", "withdrawn", "--on", "2027-01-01", **here)
    assert codes(done.err) == ["sealed_bundle"]
    assert duibiao("template", "--rules", bundle, "-o", "form.xlsx", **here).code == 0


def test_a_key_with_a_passphrase_signs_with_it_alone(duibiao, rules) -> None:
    assert duibiao("rules", "key", "-o", "unit", "--passphrase", DUIBIAO_KEY_PASSPHRASE="一把锁").code == 0
    approve(rules, "1.0.0")
    command = ("rules", "publish", f"./{NAME}", "--key", "unit.pem", "--on", "2026-11-25")
    assert codes(duibiao(*command).err) == ["wrong_passphrase"]
    assert duibiao(*command, DUIBIAO_KEY_PASSPHRASE="一把锁").code == 0


def test_what_is_not_clean_is_not_published(duibiao, rules, edit) -> None:
    (rules.parent / "unit.pem").write_bytes(KEY[0])
    approve(rules, "1.0.0")
    edit(rules / "cases.yaml", "outcome: satisfied", "outcome: not_satisfied")
    command = ("rules", "publish", f"./{NAME}", "--key", "unit.pem", "--on", "2026-11-25")
    done = duibiao(*command)
    assert (done.code, codes(done.err)) == (2, ["failing_case"])
    edit(rules / "ruleset.yaml", "kind: document", "kind: documents")
    assert duibiao(*command).code == 2
    assert not (rules / "published").exists()


def test_a_name_that_may_mean_two_folders_is_not_written_to(duibiao, rules) -> None:
    done = duibiao("rules", "state", NAME, "--to", "withdrawn", "--on", "2026-12-01")
    assert (done.code, codes(done.err)) == (2, ["two_rulesets"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["state", NAME, "--to", "draft"],
        ["state", NAME, "--on", "2026-01-01"],
        ["state", NAME, "--to", "nix", "--on", "2026-01-01"],
        ["state", NAME, "--to", "draft", "--on", "2026-13-01"],
        ["state", NAME, "--to", "draft", "--on", "2026-01-01", "--document", " "],
        ["publish", NAME, "--key", "nix.pem", "-o", "w.zip"],
        ["publish", NAME, "--key", "nix.pem"],
        ["key", "-o", "13912345678"],
        ["trust", "nix.pub"],
        ["key", "-o", "there"],
    ],
)
def test_what_is_asked_wrongly_is_refused(duibiao, tmp_path, arguments) -> None:
    (tmp_path / "there.pub").touch()
    done = duibiao("rules", *arguments)
    assert done.code == 2
    assert done.err


def test_an_erratum_lists_the_results_that_it_touches(duibiao, published, edit, tmp_path) -> None:
    own = f"./{NAME}"
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "notes.json").write_text("{}")
    assert duibiao("score", FORM, "--rules", own, "--format", "json", "--out", "results").code == 0
    edit(published / "ruleset.yaml", 'points: "2"', 'points: "3"')
    edit(published / "ruleset.yaml", 'version: "1.0.0"', 'version: "1.0.1"')
    done = duibiao("rules", "touched", f"{own}@1.0.0", own, "results", "-o", "list.json", locale=EN)
    assert (done.code, done.err) == (0, "")
    found = json.loads((tmp_path / "list.json").read_text("utf-8"))
    assert [one["change"] for one in found["criteria"]] == ["judged"]
    assert [one["file"] for one in found["assessments"]] == [
        f"results/{path.name}" for path in (tmp_path / "results").glob(f"*{NAME}.json")
    ]
    assert "1 份可能改变" in duibiao("rules", "touched", f"{own}@1.0.0", own, "results").out
    done = duibiao("rules", "touched", own, "sichuan-city-2022", "results/notes.json")
    assert (done.code, codes(done.err)) == (2, ["no_assessment"])
