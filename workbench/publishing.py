"""A draft proposed by one account and published by another, as a signed bundle in this server's own folder of rules."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import NamedTuple

from sqlalchemy import update

from evaluator.bundles import ENDING
from evaluator.bundles.signing import key_pair
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading import check_ruleset, load_ruleset, ruleset_ids
from evaluator.loading.bundle_files import read_bundle
from evaluator.loading.publishing import failing_cases, publication
from evaluator.loading.version_edits import with_passage
from evaluator.loading.version_files import FILE, recorded
from evaluator.versions import Passage
from workbench import rulesets
from workbench.audit import Deed, Doer
from workbench.moments import day_of
from workbench.rule_drafts import RuleDraft, find, laid_out, readable, revision, told, version_problems
from workbench.serving import Workbench
from workbench.storage.database import Transaction
from workbench.storage.evidence import settle
from workbench.storage.tables import rule_drafts
from workbench.visits import Refused, stale

# The key with which this server signs what is published here: an institution's, never a person's.
_KEY = "workbench"
_SIGNING = Lock()


def propose(workbench: Workbench, doer: Doer, draft: RuleDraft, seen: int, reason: str) -> None:
    """Put the draft before another policy officer.

    Raises ``InputError`` with everything that speaks against it: a fault, a failing case, a version that was not raised enough.
    """
    _refuse_other_state(draft, "draft", seen)
    day = day_of(workbench.clock())
    problems = [*faults(draft, day)]
    problems.extend(version_problems(draft, revision(draft, day)) if not problems else ())
    if problems:
        raise InputError(problems)
    with workbench.database.write() as change:
        _move(change, draft, "proposed", reason=reason, proposed_by=doer.login, decided_by=None)
        detail = {"ruleset": draft.ruleset, "version": draft.stated_version, "text": draft.version}
        change.tell(doer, Deed("rules.propose", draft.object, reason, detail))


def faults(draft: RuleDraft, day: date) -> list[Problem]:
    """Every problem of the draft and, where there is none, of its cases."""
    with laid_out(draft, day) as folder:
        checked = check_ruleset(folder)
        return list(told(draft, checked.problems or failing_cases(checked)))


def withdraw(workbench: Workbench, doer: Doer, draft: RuleDraft, seen: int) -> None:
    """Give a draft up; its text stays to be read."""
    _refuse_other_state(draft, "draft", seen)
    with workbench.database.write() as change:
        _move(change, draft, "withdrawn", reason=draft.reason, decided_by=doer.login)
        change.tell(doer, Deed("rules.withdraw", draft.object))


def send_back(workbench: Workbench, doer: Doer, draft: RuleDraft, seen: int, reason: str) -> None:
    """Send a proposed draft back to be edited, with the reason."""
    _refuse_other_state(draft, "proposed", seen)
    if _path(workbench, draft).exists():
        raise Refused(
            409,
            Words(
                "这一版的规则包已经写好，上次批准中断：请再批准一次",
                "the bundle of this version is in place, and its approval was interrupted: approve it again",
            ),
        )
    with workbench.database.write() as change:
        _move(change, draft, "draft", reason=reason, decided_by=doer.login)
        change.tell(doer, Deed("rules.send_back", draft.object, reason))


def refusal_of(draft: RuleDraft, login: str) -> Words | None:
    """Why the account ``login`` may not decide on the draft: four eyes; None where it may."""
    if login == draft.proposed_by:
        return Words(
            "这一稿是您提交批准的，要由另一位标准管理员批准",
            "you proposed this draft: another policy officer approves it",
        )
    if login == draft.login:
        return Words(
            "这一稿最后由您修改，要由另一位标准管理员批准",
            "you changed this draft last: another policy officer approves it",
        )
    return None


def approve(workbench: Workbench, doer: Doer, draft: RuleDraft, seen: int, document: str | None) -> str:
    """Publish a proposed draft; the version. Raises ``Refused`` for the accounts that wrote it."""
    _refuse_other_state(draft, "proposed", seen)
    why = refusal_of(draft, doer.login)
    if why is not None:
        raise Refused(403, why)
    made = bundle_of(workbench, draft, document)
    path = _path(workbench, draft)
    with workbench.database.write() as change:
        if find(change.connection, draft.id) != draft:
            raise stale()
        # First the file, whole, then what says so: interrupted between both, the same approval goes on from here.
        _put(path, made)
        rulesets.forget()
        # Whatever is published can be used.
        rulesets.rules(draft.ruleset, made.version)
        _move(change, draft, "published", reason=draft.reason, decided_by=doer.login)
        detail = {
            "ruleset": draft.ruleset,
            "version": made.version,
            "digest": made.digest,
            "key": made.key,
            **({"document": document} if document else {}),
        }
        change.tell(doer, Deed("rules.publish", draft.object, draft.reason, detail))
    return made.version


class Made(NamedTuple):
    """A version as a bundle: its number, the digest of its rules, the file, and the fingerprint of the key."""

    version: str
    digest: str
    bundle: bytes
    key: str


def bundle_of(workbench: Workbench, draft: RuleDraft, document: str | None) -> Made:
    """The draft as the bundle to publish today; raises ``InputError`` where anything speaks against it."""
    day = day_of(workbench.clock())
    found = revision(draft, day)
    problems = [*faults(draft, day)]
    # A bundle that an interrupted approval left is this version itself.
    if not _path(workbench, draft).exists():
        problems.extend(version_problems(draft, found))
    if problems:
        raise InputError(problems)
    with readable(draft, day) as (_, loaded):
        folder, version = loaded.folder, loaded.ruleset.version
        path = folder / FILE
        approved = with_passage(
            path.read_text(encoding="utf-8-sig"),
            version,
            Passage(state="approved", on=day, document=document),
        )
        path.write_text(approved, encoding="utf-8", newline="\n")
        wrong: list[Problem] = []
        versions = recorded(folder, wrong)
        if wrong:
            raise InputError(told(draft, wrong))
        key = _own_key(workbench.library.folder)
        made = publication(
            folder, loaded.ruleset, loaded.catalogue, versions, key, None, on=day, document=document
        )
    return Made(version, made.manifest.digest, made.bundle, made.key)


def _path(workbench: Workbench, draft: RuleDraft) -> Path:
    return workbench.library.folder / f"{draft.ruleset}-{draft.stated_version}{ENDING}"


def _put(path: Path, made: Made) -> None:
    if path.exists():
        if read_bundle(path).manifest.digest != made.digest:
            what = Words("这一版已经发布过，内容不同", "this version was published with other content")
            mend = Words("退回，提高版本号", "send it back, and raise the version")
            raise InputError([Problem("published_changed", Place(path.name), what, mend)])
        return
    _write(path, made.bundle)


def _write(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    settle(path.parent)


def keep_installed(workbench: Workbench) -> None:
    """Keep every published version that came with the program beside those published here.

    A newer program brings newer rules: what was assessed under the older ones can still be assessed again.
    """
    for name in ruleset_ids():
        loaded = load_ruleset(name)
        path = workbench.library.folder / f"{name}-{loaded.ruleset.version}{ENDING}"
        one = None if loaded.versions is None else loaded.versions.find(loaded.ruleset.version)
        if path.exists() or one is None or one.state != "published":
            continue
        key = _own_key(workbench.library.folder)
        made = publication(
            loaded.folder, loaded.ruleset, loaded.catalogue, loaded.versions, key, None, on=None
        )
        _write(path, made.bundle)
    rulesets.forget()


def _own_key(folder: Path) -> Path:
    """This server's private key, made when it is first needed; the public one lies beside it, to be given away."""
    private = folder / f"{_KEY}.pem"
    with _SIGNING:
        if not private.exists():
            key, public = key_pair(None)
            _write(folder / f"{_KEY}.pub", public)
            _write(private, key)
    return private


def _refuse_other_state(draft: RuleDraft, state: str, seen: int) -> None:
    if draft.state != state or draft.version != seen:
        raise stale()


def _move(change: Transaction, draft: RuleDraft, state: str, **values: str | None) -> None:
    done = change.execute(
        update(rule_drafts)
        .where(
            rule_drafts.c.id == draft.id,
            rule_drafts.c.state == draft.state,
            rule_drafts.c.version == draft.version,
        )
        .values(state=state, changed_at=change.now, **values)
    )
    if done.rowcount != 1:
        raise stale()
