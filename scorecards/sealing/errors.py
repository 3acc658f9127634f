"""What keeps a file from being sealed, or its seals from being read."""

from __future__ import annotations

from evaluator.errors import DuibiaoError, Words


class NotSealed(DuibiaoError):
    """A file that is not sealed, or whose seals cannot be read: what is wrong, and the mend.

    It knows no file name: who calls places it.
    """

    def __init__(self, code: str, what: Words, mend: Words) -> None:
        self.code, self.what, self.mend = code, what, mend
        super().__init__(what.zh)
