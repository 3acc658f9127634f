"""Which criterion of the edition before a criterion continues: what can be wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.errors import Fault, Words
from evaluator.ruleset import Ruleset


def superseding_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """Faults of ``supersedes`` in criteria: they continue one criterion each, and of another ruleset."""
    known = ruleset.by_id()
    taken: dict[str, str] = {}
    for path, _, criterion in ruleset.criteria():
        name = criterion.supersedes
        if name is None:
            continue
        where = (*path, "supersedes")
        if name in known:
            what = Words(
                f"{name} 就在本规则集中，不是上一版的指标",
                f"{name} stands in this ruleset: it is no criterion of the edition before",
            )
            yield Fault(
                "bad_supersedes",
                where,
                what,
                Words("写上一版的标识，或删去", "name one of the edition before, or none"),
            )
        elif ruleset.supersedes is None:
            what = Words(
                "规则集没有写 supersedes，不知道上一版是哪一套", "the ruleset itself supersedes none"
            )
            yield Fault(
                "bad_supersedes",
                where,
                what,
                Words("在文件开头写上一版的规则集标识", "name the ruleset of the edition before at the top"),
            )
        elif name in taken:
            what = Words(f"{taken[name]} 已经承接 {name}", f"{taken[name]} supersedes {name} already")
            yield Fault(
                "bad_supersedes",
                where,
                what,
                Words("一项旧指标只由一项新指标承接", "one new criterion continues one old one"),
            )
        taken.setdefault(name, criterion.id)
