"""The faults of ``versions.yaml``: states out of order, and a published version that was changed since. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluator.errors import Fault, Words
from evaluator.ruleset import Ruleset
from evaluator.versions import FOLLOWING, STATES, Passage, State, Version, Versions, ordered

Path = tuple[str | int, ...]


def version_faults(versions: Versions, ruleset: Ruleset, digest: str) -> Iterator[Fault]:
    """Every fault of ``versions`` (paths in ``versions.yaml``), for ``ruleset``, whose digest is ``digest``.

    ``digest`` is that of ``digests.ruleset_digest``: of the rules with the catalogue entries that they use.
    """
    yield from history_faults(versions)
    yield from changed_faults(versions, ruleset, digest)
    one = versions.find(ruleset.version)
    if one is None:
        what = Words(
            f"版本 {ruleset.version} 没有登记", f"the version {ruleset.version} of the rules is not recorded"
        )
        mend = Words(
            "用 duibiao rules state 规则集 --to draft --on 日期 登记",
            "record it with duibiao rules state RULESET --to draft --on DATE",
        )
        yield Fault("unrecorded_version", ("versions",), what, mend)


def changed_faults(versions: Versions, ruleset: Ruleset, digest: str) -> Iterator[Fault]:
    """A fault where the version of ``ruleset`` was published with another content: such rules are not to be used."""
    for n, one in enumerate(versions.versions):
        if one.version == ruleset.version and one.digest is not None and one.digest != digest:
            what = Words(
                f"版本 {one.version} 已发布，但规则内容在发布后改动过（校验码不符）",
                f"the version {one.version} is published, but its rules were changed since: the digests differ",
            )
            mend = Words(
                f"把 ruleset.yaml 的 version 改成更高的，如 {_higher(versions)}；不想改的，恢复原来的文件",
                f"raise version in ruleset.yaml, to {_higher(versions)} say; or restore the files as they were",
            )
            yield Fault("published_changed", ("versions", n, "digest"), what, mend)


def _higher(versions: Versions) -> str:
    first, second, _ = max(ordered(one.version) for one in versions.versions)
    return f"{first}.{second + 1}.0"


def history_faults(versions: Versions) -> Iterator[Fault]:
    """Versions out of order, states out of order, days that go backwards, a publication without its digest."""
    before: Version | None = None
    for n, one in enumerate(versions.versions):
        if before is not None and ordered(one.version) <= ordered(before.version):
            what = Words(
                f"版本 {one.version} 排在 {before.version} 之后",
                f"the version {one.version} stands after {before.version}",
            )
            mend = Words("从低到高排列，不重复", "list them from the lowest up, each once")
            yield Fault("versions_out_of_order", ("versions", n, "version"), what, mend)
        yield from _passages(one, ("versions", n))
        yield from _publication(one, ("versions", n))
        before = one


def _passages(version: Version, path: Path) -> Iterator[Fault]:
    if not version.states:
        what = Words(f"版本 {version.version} 没有任何状态", f"the version {version.version} has no state")
        mend = Words("至少写一个状态和日期", "state at least one with its day")
        yield Fault("no_state", (*path, "states"), what, mend)
    for n, one in enumerate(version.states):
        where = (*path, "states", n)
        before = version.states[n - 1] if n else None
        last = before.state if before else None
        if one.state not in FOLLOWING[last]:
            yield Fault("state_order", (*where, "state"), *state_refused(last, one.state))
        if before is not None and one.on < before.on:
            yield Fault("state_date", (*where, "on"), *_earlier(one, before))


def state_refused(last: State | None, state: State) -> tuple[Words, Words]:
    """Why a version in the state ``last`` cannot come into ``state``, and what it can."""
    here: Words = STATES[last] if last else Words("尚无状态", "without a state")
    wanted = STATES[state]
    following = FOLLOWING[last]
    if last == "withdrawn":
        mend = Words(
            "废止的版本不再变动；要恢复的，发布新的版本", "it stays withdrawn: publish a new version"
        )
    elif last == "published":
        mend = Words(
            "发布的版本只能废止；要修改的，提高版本号另行发布",
            "a published version can only be withdrawn; for a change raise the version",
        )
    else:
        names = [STATES[one] for one in following]
        mend = Words(
            f"下一步可以是：{'、'.join(one.zh for one in names)}",
            f"what may follow: {', '.join(one.en for one in names)}",
        )
    what = Words(f"不能由“{here.zh}”转为“{wanted.zh}”", f"it cannot come from {here.en} to {wanted.en}")
    return what, mend


def passage_faults(versions: Versions | None, version: str, passage: Passage) -> Iterator[Fault]:
    """Why ``version`` cannot come into the state that ``passage`` says."""
    known = versions.versions if versions is not None else ()
    one = versions.find(version) if versions is not None else None
    if re.fullmatch(r"\d+\.\d+\.\d+", version) is None:
        what = Words(f"“{version}”不是版本号", f"{version!r} is no version")
        yield Fault("bad_version", (), what, Words("写成 1.0.0 的样子", "write it as 1.0.0"))
        return
    if one is None and known and ordered(version) < ordered(known[-1].version):
        what = Words(
            f"版本 {version} 低于已登记的 {known[-1].version}",
            f"the version {version} is lower than {known[-1].version}, which is recorded",
        )
        yield Fault("versions_out_of_order", (), what, Words("提高版本号", "raise the version"))
        return
    last = one.states[-1] if one is not None and one.states else None
    state = last.state if last else None
    if passage.state not in FOLLOWING[state]:
        yield Fault("state_order", (), *state_refused(state, passage.state))
    if last is not None and passage.on < last.on:
        yield Fault("state_date", (), *_earlier(passage, last))


def _earlier(passage: Passage, last: Passage) -> tuple[Words, Words]:
    what = Words(
        f"日期 {passage.on} 早于上一状态的 {last.on}",
        f"{passage.on} lies before the day of the state before, {last.on}",
    )
    return what, Words(f"写 {last.on} 或以后的日期", f"write {last.on} or a later day")


def _publication(version: Version, path: Path) -> Iterator[Fault]:
    if version.published and version.digest is None:
        what = Words(
            f"版本 {version.version} 写明已发布，但没有校验码",
            f"the version {version.version} says that it is published, but has no digest",
        )
        mend = Words("用 duibiao rules publish 发布，不要手写", "publish it with duibiao rules publish")
        yield Fault("no_digest", path, what, mend)
    if not version.published and (version.digest is not None or version.criteria):
        what = Words(
            f"版本 {version.version} 没有发布，却写了校验码或指标",
            f"the version {version.version} is not published, but has a digest or criteria",
        )
        mend = Words("删去 digest 和 criteria", "leave digest and criteria out")
        yield Fault("idle_digest", (*path, "digest"), what, mend)
