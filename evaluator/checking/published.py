"""What was published and has changed since. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.errors import Fault, Words, nearest
from evaluator.ruleset import Ruleset
from evaluator.versions import Versions


def vanished_faults(ruleset: Ruleset, versions: Versions) -> Iterator[Fault]:
    """Criteria of the last published version that are no longer there under their identifiers (paths in ``ruleset.yaml``)."""
    published = [one for one in versions.versions if one.published]
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
