"""One integrity finding: what a reader of the result must know although it changes no verdict."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.errors import Words


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
        comma, stop, left, right = ("、", "；", "（", "）") if language == "zh" else (", ", "; ", " (", ")")
        named = stop.join(comma.join(part) for part in (self.evidence, self.files) if part)
        text = self.message.zh if language == "zh" else self.message.en
        return f"[{self.code}] {text}{left}{named}{right}" if named else f"[{self.code}] {text}"
