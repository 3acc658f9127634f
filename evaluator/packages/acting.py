"""Whether a PDF holds what acts when it is opened: scripts, or an action that starts a program. Bytes in, nothing is run. Pure.

Actions are named in objects (ISO 32000-2, 12.6.4): these stand plainly in the file or packed in object streams (7.5.7). What is
encrypted, or packed twice over, cannot be seen; what acts only when a person asks for it, such as a link, is not refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

# Object streams hold some hundred objects each: a document of a thousand pages has a hundred of them.
_MOST_STREAMS = 20_000
_MOST_UNPACKED = 64 * 1024 * 1024
_FURTHEST = 2_000  # from the name of an object stream to its bytes
_LOOKED_FOR = (b"JavaScript", b"Launch", b"RichMedia")


def _spelt(name: bytes) -> bytes:
    # Any character of a name may be written by its number: /J#61vaScript.
    return b"".join(b"(?:%c|#%02x|#%02X)" % (one, one, one) for one in name)


_ENDS = rb"(?=[\s/<>\[\](){}%]|\Z)"
# Most names begin with another letter.
_ACTS = re.compile(b"/(?=[JLR#])(?:%s)%s" % (b"|".join(map(_spelt, _LOOKED_FOR)), _ENDS))
_OBJECTS = re.compile(b"/" + _spelt(b"ObjStm") + _ENDS)
_BEGINS = re.compile(rb"stream\r?\n")


def acts(content: bytes) -> bool:
    """Whether the PDF ``content`` holds a script or an action that starts a program, or more objects than can be looked at."""
    if _ACTS.search(content) is not None:
        return True
    left, packed = _MOST_UNPACKED, 4 * len(content)
    for n, begin in enumerate(_object_streams(content)):
        end = content.find(b"endstream", begin)
        piece = content[begin : end if end >= 0 else len(content)]
        packed -= len(piece)
        if n == _MOST_STREAMS or packed < 0:
            return True
        try:
            objects = zlib.decompressobj().decompress(piece, left)
        except zlib.error:
            continue
        left -= len(objects)
        if left <= 0 or _ACTS.search(objects) is not None:
            return True
    return False


def _object_streams(content: bytes) -> Iterator[int]:
    """Where the bytes of each object stream begin, or may."""
    for named in _OBJECTS.finditer(content):
        begins = _BEGINS.search(content, named.end(), named.end() + _FURTHEST)
        yield named.end() if begins is None else begins.end()
