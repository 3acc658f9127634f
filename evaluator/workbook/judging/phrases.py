"""What the sheet says of a gap, as formulas that put the number into the catalogue's words (Chinese: the form is Chinese)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluator.catalogue import Catalogue, CountItem, EventItem
from evaluator.wording import Wording
from evaluator.workbook.judging.cells import quoted

LOST = "（本期已不能补）"


class Phrases:
    """Sentences about items of ``catalogue``."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue, self._wording = catalogue, Wording(catalogue, {})

    def label(self, name: str) -> str:
        """The item's label in quotation marks."""
        label = self._wording.label(name).zh.replace("“", "‘").replace("”", "’")
        return f"“{label}”"

    def fill_in(self, name: str) -> str:
        """Asks for an item of which nothing is written."""
        return quoted(f"请填报{self.label(name)}")

    def more(self, name: str, amount: str, *, whole: bool = True) -> str:
        """What closes a gap of ``amount`` (a reference)."""
        number = amount if whole else f"ROUND({amount},4)"
        kind = self._catalogue.kind_of(name)
        item = self._catalogue.items(kind)[name] if kind else None
        if isinstance(item, CountItem | EventItem) and item.action is not None:
            before, _, after = item.action.zh.partition("{n}")
            return _around(before, number, after)
        unit = self._wording.unit(name).zh
        verb = "再举办" if isinstance(item, EventItem) else "再增加"
        return _around(f"{verb} ", number, f" {unit}（{self._wording.label(name).zh}）")

    def fewer(self, name: str, amount: str, *, whole: bool = True) -> str:
        """Says that there are ``amount`` too many."""
        number = amount if whole else f"ROUND({amount},4)"
        return _around("超出 ", number, f" {self._wording.unit(name).zh}（{self._wording.label(name).zh}）")

    def parts(self, name: str, parts: Iterable[str]) -> list[str]:
        """The labels of a document's parts."""
        return [self._wording.parts(name, (part,)).zh for part in parts]


def _around(before: str, number: str, after: str) -> str:
    return "&".join(([quoted(before)] if before else []) + [number] + ([quoted(after)] if after else []))


def joined(texts: Sequence[str], mark: str = "；") -> str:
    """Texts (formulas) that are not empty, each once, with ``mark`` between them."""
    if len(texts) == 1:
        return texts[0]
    pieces = []
    for n, text in enumerate(texts):
        repeated = "".join(f",{text}={other}" for other in texts[:n])
        test = f'OR({text}=""{repeated})' if repeated else f'{text}=""'
        pieces.append(f'IF({test},"",{quoted(mark)}&{text})')
    return f"MID({'&'.join(pieces)},{len(mark) + 1},9999)"
