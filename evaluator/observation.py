"""One integrity finding: what a reader of the result must know although it changes no verdict."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.errors import Words

# A line names so many; the assessment has them all.
_MOST = 12


class Observation(NamedTuple):
    """An integrity finding: its code, the evidence that it speaks of, what it says, and the files that it is about."""

    code: str
    evidence: tuple[str, ...]
    message: Words
    files: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """``{"code", "evidence", "message": {"zh", "en"}, "files"}``."""
        return {
            "code": self.code,
            "evidence": list(self.evidence),
            "message": {"zh": self.message.zh, "en": self.message.en},
            "files": list(self.files),
        }

    def in_language(self, language: str) -> str:
        """One line: ``[code] message (evidence; files)``."""
        stop, left, right = ("；", "（", "）") if language == "zh" else ("; ", " (", ")")
        named = stop.join(_listed(part, language) for part in (self.evidence, self.files) if part)
        text = self.message.zh if language == "zh" else self.message.en
        return f"[{self.code}] {text}{left}{named}{right}" if named else f"[{self.code}] {text}"


def _listed(names: tuple[str, ...], language: str) -> str:
    more = len(names) - _MOST
    if language == "zh":
        return "、".join(names[:_MOST]) + (f" 等 {len(names)} 个" if more > 0 else "")
    return ", ".join(names[:_MOST]) + (f" and {more} more" if more > 0 else "")
