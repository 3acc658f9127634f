"""Whether a version number was raised enough: the policy of docs/rules/diff.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evaluator.errors import Words
from evaluator.revising.change import PARTS, Entry, Part

PART_WORDS: dict[Part, Words] = {
    "major": Words("主版本号（第一位）", "major (the first number)"),
    "minor": Words("次版本号（第二位）", "minor (the second number)"),
    "patch": Words("修订号（第三位）", "patch (the third number)"),
}


class Raised(NamedTuple):
    """What the changes need and what was done; None where nothing is needed, or nothing was raised.

    ``enough`` is None between two rulesets of different ids: each numbers its own versions. ``next`` is the least version that
    would do.
    """

    needed: Part | None
    raised: Part | None
    enough: bool | None
    lowered: bool
    next: str
    text: Words


def raised(old: tuple[str, str], new: tuple[str, str], entries: Iterable[Entry]) -> Raised:
    """Judge the step from one ``(id, version)`` to the other."""
    parts = [change.part for entry in entries for change in entry.changes]
    needed = max(parts, key=PARTS.index) if parts else None
    before, after = (tuple(int(part) for part in version.split(".")) for _, version in (old, new))
    step = next(
        (part for part, a, b in zip(("major", "minor", "patch"), before, after, strict=True) if a != b), None
    )
    lowered = after < before
    done: Part | None = None if lowered or step is None else step  # type: ignore[assignment]  # one of three
    least = _next(before, needed)
    if old[0] != new[0]:
        text = Words(
            "两套规则标识不同，是标准的两个版次，版本号各自起算",
            "two rulesets of different ids are two editions, each with versions of its own",
        )
        return Raised(needed, done, None, lowered, least, text)
    enough = not lowered and (
        needed is None or (done is not None and PARTS.index(done) >= PARTS.index(needed))
    )
    return Raised(needed, done, enough, lowered, least, _text(old[1], new[1], needed, least, enough, lowered))


def _next(version: tuple[int, ...], needed: Part | None) -> str:
    major, minor, patch = version
    found = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
        None: version,
    }[needed]
    return ".".join(map(str, found))


def _text(old: str, new: str, needed: Part | None, least: str, enough: bool, lowered: bool) -> Words:
    step = Words(f"{old} → {new}", f"{old} → {new}")
    if lowered:
        return Words(
            f"版本号降低了（{step.zh}）：至少应为 {least}",
            f"the version was lowered ({step.en}): at least {least}",
        )
    if needed is None:
        return Words(
            f"没有改动，版本号不必提高（{step.zh}）", f"nothing changed, no version is needed ({step.en})"
        )
    part = PART_WORDS[needed]
    if enough:
        return Words(
            f"版本号提高得够（{step.zh}）：要提高{part.zh}", f"raised enough ({step.en}): {part.en} is needed"
        )
    return Words(
        f"版本号提高得不够（{step.zh}）：要提高{part.zh}，至少 {least}",
        f"not raised enough ({step.en}): {part.en} is needed, at least {least}",
    )
