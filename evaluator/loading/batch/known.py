"""The keys of what an earlier run has done: hundreds of thousands are held by every worker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from evaluator.loading.batch.parts import WIDTH


class Known:
    """Which keys an earlier run has done; the sorted keys stand in one text, for hundreds of thousands must be held."""

    def __init__(self, keys: Iterable[bytes] = ()) -> None:
        self._keys = b"".join(sorted(keys))

    def __len__(self) -> int:
        return len(self._keys) // WIDTH

    def __getitem__(self, n: int) -> bytes:
        return self._keys[n * WIDTH : (n + 1) * WIDTH]

    def __contains__(self, key: bytes) -> bool:
        n = bisect_left(self, key)
        return n < len(self) and self[n] == key
