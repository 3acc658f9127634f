"""A version made ready to be published: its bundle and the ``versions.yaml`` that records it. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from evaluator.bundles import ENDING, Manifest, Signature, entries_of
from evaluator.canonical import canonical
from evaluator.catalogue import Catalogue
from evaluator.digests import ruleset_digest, used_items
from evaluator.errors import InputError, Place, Problem, RulesetError, Words
from evaluator.limits import in_force, raising
from evaluator.loading.bundle_files import bundle_bytes, read_bundle
from evaluator.loading.checking import Checked
from evaluator.loading.ruleset_files import rule_files
from evaluator.loading.rulesets import places_in
from evaluator.loading.trust import signed_with
from evaluator.loading.version_edits import begun, with_passage
from evaluator.loading.version_files import FILE, KEPT
from evaluator.model import Text
from evaluator.packages.names import shown
from evaluator.packages.records import megabytes
from evaluator.ruleset import Ruleset
from evaluator.testing.running import ran
from evaluator.testing.wording import difference_words
from evaluator.version_faults import state_refused
from evaluator.versions import Passage, Version, Versions


class Publication(NamedTuple):
    """What publishing writes: ``versions`` as text (None where it stays as it is), the bundle, and where the folder keeps it."""

    manifest: Manifest
    versions: str | None
    bundle: bytes
    kept: Path
    is_kept: bool
    key: str


def publication(
    folder: Path,
    ruleset: Ruleset,
    catalogue: Catalogue,
    versions: Versions | None,
    key: Path,
    passphrase: bytes | None,
    *,
    on: date | None,
    document: str | None = None,
    erratum: str | None = None,
) -> Publication:
    """The version of ``ruleset`` that lies in ``folder``, signed with ``key``; raises ``InputError`` where it may not be.

    An approved version is published on the day ``on``; one that is published already is signed again, as it is.
    """
    listed = None if versions is None else versions.find(ruleset.version)
    path = folder / FILE
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else begun(folder)
    digest = ruleset_digest(ruleset, catalogue)
    recorded = None
    if listed is None or listed.state != "published":
        if listed is None or listed.state != "approved":
            raise RulesetError([_not_approved(path, listed.state if listed else None, ruleset)])
        if on is None:
            raise RulesetError([_no_day(path)])
        passage = Passage(state="published", on=on, document=document)
        recorded = with_passage(
            text,
            ruleset.version,
            passage,
            digest=digest,
            criteria=[one.id for _, _, one in ruleset.criteria()],
            erratum=None if erratum is None else Text(zh=erratum),
        )
    elif (on, document, erratum) not in ((None, None, None), _as_recorded(listed)):
        what = Words(
            f"版本 {ruleset.version} 已经发布，发布日期、文号和更正说明不再改动",
            f"the version {ruleset.version} is published: its day, document and erratum do not change",
        )
        mend = Words(
            "只需再次签名的，去掉 --on、--document、--erratum；要修改的，提高版本号",
            "to sign it again leave --on, --document and --erratum out; for a change raise the version",
        )
        raise RulesetError([Problem("already_published", Place(shown(path)), what, mend)])
    members = rule_files(folder)
    if recorded is not None:
        members[f"{folder.resolve().name}/{FILE}"] = recorded.encode()
    manifest = Manifest(
        bundle=1,
        ruleset=ruleset.ruleset,
        version=ruleset.version,
        digest=digest,
        title=ruleset.title,
        criteria=tuple(one.id for _, _, one in ruleset.criteria()),
        items=tuple(sorted(used_items(ruleset))),
        members=entries_of(members),
    )
    signed = canonical(manifest)
    name, signature = signed_with(key, signed, passphrase)
    written = canonical(Signature(algorithm="Ed25519", key=name, signature=signature))
    bundle = bundle_bytes(signed, written, members)
    largest = in_force().largest_bundle
    if len(bundle) > largest:
        what = Words(
            f"规则包超过 {megabytes(largest)}",
            f"the bundle is larger than {megabytes(largest)}",
        )
        raise RulesetError([Problem("bundle_size", Place(shown(folder)), what, raising("largest_bundle"))])
    kept = folder / KEPT / f"{ruleset.version}{ENDING}"
    if kept.exists():
        _same_as_kept(kept, manifest, recorded=recorded is None)
    return Publication(manifest, recorded, bundle, kept, kept.exists(), name)


def failing_cases(checked: Checked) -> Iterator[Problem]:
    """A problem for each thing that a case of ``checked``, in which there is no fault, has otherwise than it says."""
    ruleset, catalogue, cases = checked.ruleset, checked.catalogue, checked.cases
    assert ruleset is not None
    assert catalogue is not None
    assert cases is not None
    failing = [one for one in ran(cases, ruleset, catalogue) if one.differences]
    places = places_in(checked.folder, "cases", (("cases", one.number) for one in failing)) if failing else ()
    for one, place in zip(failing, places, strict=True):
        for found in one.differences:
            words = difference_words(found, ruleset)
            what = Words(f"用例“{one.case.name}”：{words.zh}", f"the case {one.case.name!r}: {words.en}")
            yield Problem("failing_case", place, what)


def _as_recorded(listed: Version) -> tuple[date, str | None, str | None]:
    """Day, document and erratum of a published version: stated again, as after an interruption, they change nothing."""
    passage = listed.states[-1]
    return passage.on, passage.document, None if listed.erratum is None else listed.erratum.zh


def _same_as_kept(kept: Path, manifest: Manifest, *, recorded: bool) -> None:
    try:
        before = read_bundle(kept, manifest.digest).manifest
    except InputError as error:
        raise RulesetError(error.problems) from None
    if before != manifest:
        changed = sorted(
            {one.name for one in before.members} ^ {one.name for one in manifest.members}
            | {one.name for one in before.members if one not in manifest.members}
        )
        names = [one for one in changed if not one.endswith(f"/{FILE}")] or changed
        if not recorded:
            what = Words(
                f"版本 {manifest.version} 没有登记发布，却已有规则包，与现在要发布的不同：{'、'.join(names)}",
                f"the version {manifest.version} is not recorded as published, yet there is a bundle of it that differs: "
                f"{', '.join(names)}",
            )
            mend = Words(
                f"上次发布中断的，用当时的日期和文号再运行一次；没有给过别人的，删去 {shown(kept)} 再发布",
                f"where publishing was interrupted run it again with its day and document; remove {shown(kept)} if nobody was "
                "given it",
            )
            raise RulesetError([Problem("bundle_unrecorded", Place(shown(kept)), what, mend)])
        what = Words(
            f"版本 {manifest.version} 已发布过，这些文件在发布后改动过：{'、'.join(names)}",
            f"the version {manifest.version} was published, and these files were changed since: {', '.join(names)}",
        )
        mend = Words(
            f"提高版本号另行发布；要发给别人的，用已保存的 {shown(kept)}",
            f"raise the version and publish anew; to pass it on, use the bundle that is kept, {shown(kept)}",
        )
        raise RulesetError([Problem("published_changed", Place(shown(kept)), what, mend)])


def _not_approved(path: Path, state: str | None, ruleset: Ruleset) -> Problem:
    if state == "withdrawn":
        return Problem("state_order", Place(shown(path)), *state_refused("withdrawn", "published"))
    what = Words(
        f"版本 {ruleset.version} 还没有审定，不能发布",
        f"the version {ruleset.version} is not approved: it cannot be published",
    )
    mend = Words(
        "审定后先登记：duibiao rules state 规则集 --to approved --on 日期 --document 文号",
        "record the approval first: duibiao rules state RULESET --to approved --on DATE --document NUMBER",
    )
    return Problem("not_approved", Place(shown(path)), what, mend)


def _no_day(path: Path) -> Problem:
    what = Words("没有写发布日期", "the day of publication is not stated")
    return Problem("no_day", Place(shown(path)), what, Words("加 --on 日期", "add --on DATE"))
