"""Identifiers that stand twice, and those that were published and changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.errors import Fault, Words, nearest
from evaluator.ruleset import Path, Ruleset
from evaluator.versions import Versions


def repeated(ids: Iterable[tuple[str, Path]]) -> Iterator[Fault]:
    """The identifiers of ``ids``, each with its path, that stood there before."""
    seen: set[str] = set()
    for name, path in ids:
        if name in seen:
            what = Words(f"标识 {name} 重复", f"the identifier {name} stands twice")
            yield Fault("repeated_id", path, what, Words("改用没有用过的标识", "use a new one"))
        seen.add(name)


def changed_faults(ruleset: Ruleset, versions: Versions) -> Iterator[Fault]:
    """Criteria of the last published version that are no longer there under their identifiers (paths in ``ruleset.yaml``)."""
    published = [
        one for one in versions.versions if any(passage.state == "published" for passage in one.states)
    ]
    if not published:
        return
    last, known = published[-1], ruleset.by_id()
    new = {name for name in known if not any(name in one.criteria for one in published)}
    places = {criterion.id: path for path, _, criterion in ruleset.criteria()}
    for name in last.criteria:
        if name in known:
            continue
        meant = nearest(name, new)
        if meant is None:
            what = Words(
                f"{last.version} 版发布的指标 {name} 不见了",
                f"the criterion {name} of the published {last.version} is gone",
            )
            mend = Words(
                "误删的补回；确要取消，在修订说明里写明", "put it back, or say in the revision why it went"
            )
            yield Fault("removed_id", ("sections",), what, mend)
            continue
        new.discard(meant)
        what = Words(
            f"{last.version} 版发布的指标 {name}，这里改成了 {meant}：标识永不改",
            f"the criterion {name} of the published {last.version} is called {meant} here: identifiers never change",
        )
        mend = Words(f"改回 {name}", f"call it {name} again")
        yield Fault("changed_id", (*places[meant], "id"), what, mend)
