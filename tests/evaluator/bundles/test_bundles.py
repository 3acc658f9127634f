"""Bundles: what is published is read again as it was; whatever else is in a file, or who else signed it, is refused by name."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from evaluator.assessment import assess
from evaluator.digests import ruleset_digest
from evaluator.errors import InputError, RulesetError
from evaluator.loading import check_ruleset, load_ruleset, load_submission
from evaluator.loading.rulesets import load_cases
from tests.evaluator.bundles.making import (
    KEY,
    OTHER_KEY,
    approve,
    moved_on,
    packed,
    parts,
    publish,
    resigned,
    written,
)

SUBMISSION = """\
submission: 1
subject: {id: demo, name: 示例社区, kind: community}
period: {from: "2025-01-01", to: "2025-12-31"}
counts: {buildings: 40, model_buildings: 2}
"""


@pytest.fixture
def bundle(trial: Path, tmp_path: Path) -> Path:
    """The trial, published, away from its folder."""
    path = tmp_path / "away" / "trial.duibiao"
    path.parent.mkdir()
    path.write_bytes(publish(trial).bundle)
    return path


def refused(path: Path) -> list[tuple[str, str]]:
    """The code of each problem, and the member that it is about."""
    with pytest.raises(RulesetError) as caught:
        load_ruleset(str(path))
    for one in caught.value.problems:
        assert one.mend is not None, "a refusal says what to do"
        assert one.place.file.startswith(str(path))
    return [
        (one.code, one.place.file.removeprefix(str(path)).removeprefix("/")) for one in caught.value.problems
    ]


def altered(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_bundle_has_the_digest_of_its_folder(bundle: Path, trial: Path, trusted: Path) -> None:
    one, other = load_ruleset(str(bundle)), load_ruleset(str(trial))
    assert one.folder != other.folder
    assert ruleset_digest(one.ruleset, one.catalogue) == ruleset_digest(other.ruleset, other.catalogue)
    assert check_ruleset(one.folder).problems == ()
    assert load_cases(one.folder) == load_cases(trial)


def test_the_same_rules_and_key_make_the_same_bytes(trial: Path) -> None:
    first = publish(trial)
    assert publish(trial, on=None).bundle == first.bundle
    # Whoever changes how a bundle is packed changes what every reader before compares with.
    names = [info.filename for info in zipfile.ZipFile(BytesIO(first.bundle)).infolist()]
    assert names == sorted(names)
    small = packed(
        {"manifest.json": b"{}", "signature.json": b"{}", "trial/ruleset.yaml": b"ruleset: trial\n"}
    )
    assert hashlib.sha256(small).hexdigest()[:16] == "5101187af17ccf96"


def test_any_byte_that_is_changed_is_noticed(bundle: Path, trusted: Path) -> None:
    content = bundle.read_bytes()
    for position in range(0, len(content), 37):
        changed = bytearray(content)
        changed[position] ^= 1 << position % 8
        bundle.write_bytes(changed)
        with pytest.raises(RulesetError):
            load_ruleset(str(bundle))


def test_a_bundle_that_is_cut_off_or_goes_on_is_refused(bundle: Path, trusted: Path) -> None:
    content = bundle.read_bytes()
    for cut in range(0, len(content), 97):
        assert refused(altered(bundle, content[:cut]))
    assert refused(altered(bundle, content + b"\0"))
    assert refused(altered(bundle, b"PK" + content))


def test_nobody_s_signature_is_trusted_unasked(bundle: Path, untrusting: None) -> None:
    with pytest.raises(RulesetError) as caught:
        load_ruleset(str(bundle))
    [problem] = caught.value.problems
    assert problem.code == "untrusted_key"
    assert "duibiao rules trust" in problem.in_language("zh")
    assert "duibiao rules trust" in problem.in_language("en")


def test_another_s_signature_is_refused_with_its_fingerprint(bundle: Path, trusted: Path) -> None:
    from evaluator.bundles.signing import fingerprint

    altered(bundle, resigned(parts(bundle.read_bytes()), OTHER_KEY[0]))
    with pytest.raises(RulesetError, match=fingerprint(OTHER_KEY[1])):
        load_ruleset(str(bundle))


def test_a_manifest_that_was_changed_after_signing_is_refused(bundle: Path, trusted: Path) -> None:
    members = parts(bundle.read_bytes())
    members["manifest.json"] = members["manifest.json"].replace(b'"version":"1.0.0"', b'"version":"1.0.1"')
    assert refused(altered(bundle, packed(members))) == [("bad_signature", "manifest.json")]


@pytest.mark.parametrize(
    ("member", "content", "wanted"),
    [
        ("trial/ruleset.yaml", b"ruleset: trial\n", "altered_member"),
        ("trial/cases.yaml", None, "missing_member"),
        ("catalogue/counts.yaml", None, "missing_member"),
        ("trial/trace.yaml", b"trace: 1\n", "added_member"),
        ("catalogue/units.yaml", b"catalogue: 1\n", "added_member"),
        ("manifest.json", None, "missing_member"),
        ("signature.json", None, "missing_member"),
        ("other/ruleset.yaml", b"ruleset: other\n", "added_member"),
        ("trial/notes.txt", b"notes", "unknown_member"),
        ("trial/run.py", b"import os", "unknown_member"),
        ("../ruleset.yaml", b"ruleset: trial\n", "unsafe_name"),
        ("trial/../../ruleset.yaml", b"ruleset: trial\n", "unsafe_name"),
        ("/etc/duibiao/ruleset.yaml", b"ruleset: trial\n", "unsafe_name"),
        ("C:/ruleset.yaml", b"ruleset: trial\n", "unsafe_name"),
        ("trial\\ruleset.yaml", b"ruleset: trial\n", "unsafe_name"),
    ],
)
def test_a_member_that_is_changed_added_or_taken_away_is_named(
    bundle: Path, trusted: Path, member: str, content: bytes | None, wanted: str
) -> None:
    members = parts(bundle.read_bytes())
    if content is None:
        del members[member]
    else:
        members[member] = content
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, one in sorted(members.items()):
            archive.writestr(name, one)
    found = refused(altered(bundle, target.getvalue()))
    assert (wanted, member) in found


def test_what_unpacks_to_more_than_the_file_is_refused_before_it_is_unpacked(
    bundle: Path, trusted: Path
) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(bundle.read_bytes()).items():
            archive.writestr(name, content if name != "trial/ruleset.yaml" else b"\0" * (64 * 1024 * 1024))
    found = refused(altered(bundle, target.getvalue()))
    assert ("zip_bomb", "trial/ruleset.yaml") in found
    assert {code for code, _ in found} == {"zip_bomb", "packing"}


def test_a_bundle_that_was_unpacked_and_packed_again_is_refused(bundle: Path, trusted: Path) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts(bundle.read_bytes()).items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 25, 12, 0, 0)), content)
    assert refused(altered(bundle, target.getvalue())) == [("altered_bundle", "")]


def test_a_member_that_stands_twice_is_refused(bundle: Path, trusted: Path) -> None:
    content = bytearray(bundle.read_bytes())
    twice = bytes(content).replace(b"trial/clauses.yaml", b"trial/ruleset.yaml")
    assert ("repeated_name", "trial/ruleset.yaml") in refused(altered(bundle, twice))


def test_a_signed_bundle_of_other_rules_than_its_manifest_names_is_refused(
    bundle: Path, trusted: Path
) -> None:
    members = parts(bundle.read_bytes())
    members["trial/ruleset.yaml"] = members["trial/ruleset.yaml"].replace(b'points: "5"', b'points: "6"')
    altered(bundle, resigned(members))
    assert [code for code, _ in refused(bundle)] == ["other_digest"]


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"ruleset: trial\n", b"%PDF-1.7", b"\0" * 5000]
)
def test_what_is_no_bundle_is_refused(bundle: Path, trusted: Path, content: bytes) -> None:
    assert refused(altered(bundle, content))


def test_a_manifest_of_a_newer_format_says_that_the_program_is_older(bundle: Path, trusted: Path) -> None:
    altered(bundle, resigned(parts(bundle.read_bytes()), bundle=2))
    with pytest.raises(RulesetError, match="升级本程序"):
        load_ruleset(str(bundle))


def test_a_bundle_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到文件"):
        load_ruleset(str(tmp_path / "nix.duibiao"))


def test_a_bundle_under_another_ending_is_told_its_own(bundle: Path, trusted: Path) -> None:
    other = bundle.rename(bundle.with_suffix(".zip"))
    with pytest.raises(RulesetError, match=r"以 \.duibiao 结尾"):
        load_ruleset(str(other))


def test_a_fault_inside_a_bundle_is_placed_in_the_bundle(bundle: Path, trusted: Path) -> None:
    members = parts(bundle.read_bytes())
    members["trial/ruleset.yaml"] = members["trial/ruleset.yaml"].replace(
        b'at_least: "5%"', b'at_leest: "5%"'
    )
    altered(bundle, resigned(members))
    with pytest.raises(RulesetError) as caught:
        load_ruleset(str(bundle))
    assert str(caught.value.problems[0].place).startswith(f"{bundle}/trial/ruleset.yaml:")


def test_a_broken_key_among_the_trusted_is_told_where_a_key_is_missing(bundle: Path, trusted: Path) -> None:
    (trusted / "institution.pub").write_bytes(KEY[0])
    with pytest.raises(RulesetError) as caught:
        load_ruleset(str(bundle))
    assert {one.code for one in caught.value.problems} == {"untrusted_key", "wrong_key"}
    assert "私钥" in str(caught.value)


def test_an_old_version_scores_as_it_did_after_the_folder_moved_on(
    trial: Path, tmp_path: Path, untrusting: None
) -> None:
    form = tmp_path / "ours.yaml"
    form.write_text(SUBMISSION, encoding="utf-8")

    def scored(name: str) -> bytes:
        loaded = load_ruleset(name)
        return written(
            assess(loaded.ruleset, loaded.catalogue, load_submission(form, loaded.catalogue)).document
        )

    publish(trial)
    before = scored(str(trial))
    moved_on(trial, "1.1.0", 'at_least: "5%"', 'at_least: "8%"')
    catalogue = trial.parent / "catalogue" / "counts.yaml"
    catalogue.write_text(catalogue.read_text("utf-8").replace("楼组总数", "楼栋总数"), encoding="utf-8")
    approve(trial, "1.1.0")
    load_ruleset.__globals__["_load"].cache_clear()
    after = scored(str(trial))
    assert after != before
    assert scored(f"{trial}@1.1.0") == after
    # The folder's own versions.yaml vouches for what it keeps: nobody's key need be trusted.
    assert scored(f"{trial}@1.0.0") == before


def test_a_kept_bundle_that_the_folder_does_not_vouch_for_is_refused(trial: Path, untrusting: None) -> None:
    made = publish(trial)
    moved_on(trial, "1.1.0", 'at_least: "5%"', 'at_least: "8%"')
    members = parts(made.bundle)
    members["trial/ruleset.yaml"] = members["trial/ruleset.yaml"].replace(b'points: "5"', b'points: "6"')
    made.kept.write_bytes(resigned(members, OTHER_KEY[0], digest="sha256:" + "0" * 64))
    with pytest.raises(RulesetError, match="published_changed"):
        load_ruleset(f"{trial}@1.0.0")
    made.kept.write_bytes(resigned(members, OTHER_KEY[0]))
    with pytest.raises(RulesetError, match="other_digest"):
        load_ruleset(f"{trial}@1.0.0")


def test_a_kept_bundle_that_was_altered_is_found_by_checking_the_folder(
    trial: Path, untrusting: None
) -> None:
    made = publish(trial)
    assert check_ruleset(trial).problems == ()
    made.kept.write_bytes(made.bundle.replace(b"at_least", b"at_most ", 1))
    assert [one.code for one in check_ruleset(trial).problems] == ["altered_member"]


def test_bundles_are_found_in_the_folders_that_the_environment_names(
    trial: Path, trusted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "trial-1.0.0.duibiao").write_bytes(publish(trial).bundle)
    moved_on(trial, "1.10.0", 'at_least: "5%"', 'at_least: "8%"')
    approve(trial, "1.10.0")
    (shelf / "trial-1.10.0.duibiao").write_bytes(publish(trial).bundle)
    monkeypatch.setenv("DUIBIAO_RULES", str(shelf))
    assert load_ruleset("trial@1.0.0").ruleset.version == "1.0.0"
    assert load_ruleset("trial").ruleset.version == "1.10.0"
    (shelf / "trial-1.2.0.duibiao").write_bytes((shelf / "trial-1.0.0.duibiao").read_bytes())
    with pytest.raises(RulesetError, match=r"文件名是 trial@1\.2\.0 的，内容却是 trial@1\.0\.0"):
        load_ruleset("trial@1.2.0")
    with pytest.raises(RulesetError, match=r"没有规则集 trial@9\.9\.9"):
        load_ruleset("trial@9.9.9")


def test_rules_in_work_may_be_compared_though_not_used(trial: Path) -> None:
    publish(trial)
    moved_on(trial, "1.0.0", 'at_least: "5%"', 'at_least: "8%"')
    with pytest.raises(RulesetError, match="published_changed"):
        load_ruleset(str(trial))
    assert load_ruleset(str(trial), in_work=True).ruleset.version == "1.0.0"
