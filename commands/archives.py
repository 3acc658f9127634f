"""An archive that is the same for the same members: no clock, no order of the file system, no name of the machine."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

# The first day that the format knows.
_DAY = (1980, 1, 1, 0, 0, 0)


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip of ``members`` by name, in the order of their names."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in sorted(members.items()):
            one = zipfile.ZipInfo(name, _DAY)
            one.create_system = 3
            one.external_attr = 0o644 << 16
            packed.writestr(one, content, zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()
