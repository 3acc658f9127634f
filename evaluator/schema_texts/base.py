"""The form of the texts: by the name of a model, then by the key as files write it; the empty key is the model itself."""

from __future__ import annotations

Pair = tuple[str, str]
Texts = dict[str, dict[str, Pair]]
