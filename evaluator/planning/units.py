"""Units of the subject that can still be brought up to what each of them has to hold."""

from __future__ import annotations

from evaluator.exact import Number
from evaluator.facts import Facts
from evaluator.finding import Finding
from evaluator.planning.change import Change
from evaluator.planning.options import Option, gaps, worth_choosing
from evaluator.planning.thresholds import ascending
from evaluator.planning.world import World

Entry = tuple[str, str, str, bool | Number]


def unit_options(kind: str, name: str, world: World) -> tuple[Option, ...]:
    """The one way to bring all units of ``kind`` that fall short in ``name`` up to what is required."""
    short = gaps(world.leaves(name).values(), kind)
    if not short or not world.open:
        return ()
    units = dict(world.facts.units[kind])
    entries: dict[str, Entry] = {}
    for leaf in short:
        entry = _entry(leaf.finding, name, units[leaf.finding.label], world)
        before = entries.get(leaf.finding.label)
        if entry is not None and (before is None or entry[3] > before[3]):
            entries[leaf.finding.label] = entry
    if not entries:
        return ()
    change = Change("units", kind, tuple(entries.values()))
    return worth_choosing([Option("put", change, world.last, len(entries), len(entries))], name, world)


def _entry(finding: Finding, name: str, unit: Facts, world: World) -> Entry | None:
    if finding.kind == "statement":
        return finding.label, "statements", name, True
    if finding.kind not in ("quantity", "ratio") or finding.of[0] != name or finding.required is None:
        return None
    denominator = 1 if finding.kind == "quantity" else unit.counts.get(finding.of[1])
    if denominator is None:
        return None
    item = world.catalogue.counts.get(name)
    whole = item is None or item.whole_number
    wholes = [unit.counts[one] for one in (item.at_most if item else ()) if one in unit.counts]
    wanted = max(ascending(finding.required, denominator, whole=whole), default=None)
    if wanted is None:
        return None
    value, now = min([wanted, *wholes]), unit.counts.get(name)
    return (finding.label, "counts", name, value) if now is None or value > now else None
