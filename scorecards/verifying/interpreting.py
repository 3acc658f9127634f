"""The operators of a content stream, as far as they decide what text can be seen where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from scorecards.verifying.geometry import PLAIN, Box, Matrix, around, box_of, matrix_of, meet, times
from scorecards.verifying.parts import BoundedReader, TooMuch, resolved
from scorecards.verifying.typefaces import Typeface

MOST_OPERATIONS = 600_000
MOST_FILLS = 40_000
DEEPEST_FORMS = 8
_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_PAINTS = _FILLS | {"S", "s", "n"}
_COLOURS = frozenset({"g", "rg", "k", "sc", "scn"})
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
# Text that is drawn without filling or stroking it.
_INVISIBLE = (3, 7)


class Character(NamedTuple):
    """One character that is shown: its font, size and colour, as far as they decide what is seen; ``code`` is its glyph."""

    text: str
    font: str
    size: float
    colour: tuple[str, ...]
    code: int


class Run(NamedTuple):
    """Characters shown by one operation: their box on the page; ``hidden``: drawn invisibly, or outside of what shows."""

    characters: tuple[Character, ...]
    box: Box
    hidden: bool

    @property
    def text(self) -> str:
        """The characters as text."""
        return "".join(one.text for one in self.characters)


class State(NamedTuple):
    """The graphics state, as far as it matters here."""

    ctm: Matrix
    clip: Box
    colour: tuple[str, ...]
    font: Typeface | None
    size: float
    mode: int
    alpha: float


class Canvas:
    """What was drawn so far, in order: runs and filled boxes with their positions in it, and counts of the rest."""

    def __init__(self) -> None:
        self.order = self.images = self.lines = self.curves = 0
        self.runs: list[tuple[int, Run]] = []
        self.fills: list[tuple[int, Box]] = []

    def filled(self, box: Box) -> None:
        """Something opaque fills ``box``."""
        if len(self.fills) == MOST_FILLS:
            raise TooMuch("fills")
        self.fills.append((self.order, box))


class Interpreter:
    """Reads content streams of one file."""

    def __init__(self, reader: BoundedReader) -> None:
        self.reader, self.operations = reader, 0
        self._typefaces: dict[int, Typeface] = {}
        # The objects that the keys above name must not go away.
        self._kept: list[Any] = []

    def read(self, content: ContentStream, resources: Any, state: State, canvas: Canvas, depth: int) -> None:
        """Draw ``content`` on ``canvas``; raises ``TooMuch`` where it goes on and on."""
        known = resources if isinstance(resources, DictionaryObject) else DictionaryObject()
        stream = _Stream(self, known, state, canvas, depth)
        for operands, raw in content.operations:
            self.operations += 1
            if self.operations > MOST_OPERATIONS:
                raise TooMuch("operations")
            canvas.order += 1
            stream.step(raw.decode("latin-1"), operands)

    def typeface(self, said: Any) -> Typeface | None:
        """The font that a font dictionary describes, read once."""
        if not isinstance(said, DictionaryObject):
            return None
        if id(said) not in self._typefaces:
            self._typefaces[id(said)] = Typeface(self.reader, said)
            self._kept.append(said)
        return self._typefaces[id(said)]


class _Stream:
    """One content stream while it is read."""

    def __init__(
        self, interpreter: Interpreter, resources: DictionaryObject, state: State, canvas: Canvas, depth: int
    ) -> None:
        self.interpreter, self.resources, self.state, self.canvas = interpreter, resources, state, canvas
        self.depth, self.leading, self.clipping = depth, 0.0, False
        self.stack: list[State] = []
        self.path: list[Box] = []
        self.matrix = self.line = PLAIN
        self.known: dict[str, Callable[[Any], None]] = {
            "q": self._save, "Q": self._restore, "cm": self._transform, "gs": self._graphics_state,
            "re": self._rectangle, "m": self._point, "l": self._line_to, "c": self._curve, "v": self._curve, "y": self._curve,
            "W": self._clip, "W*": self._clip, "BT": self._begin, "Tf": self._font, "Tr": self._mode, "TL": self._leading,
            "Td": self._move, "TD": self._move_leading, "Tm": self._place, "T*": self._next_line, "Do": self._object,
            "INLINE IMAGE": self._image, "BI": self._image, "sh": self._shade,
        }  # fmt: skip

    def step(self, name: str, operands: Any) -> None:
        """One operation."""
        if name in self.known:
            self.known[name](operands)
        elif name in _COLOURS:
            self.state = self.state._replace(colour=tuple(_short(one) for one in operands))
        elif name in _PAINTS:
            self._paint(name)
        elif name in _SHOWS:
            if name in ("'", '"'):
                self._next_line(operands)
            self._show(operands[-1])

    def _save(self, _operands: Any) -> None:
        self.stack.append(self.state)

    def _restore(self, _operands: Any) -> None:
        self.state = self.stack.pop() if self.stack else self.state

    def _transform(self, operands: Any) -> None:
        self.state = self.state._replace(ctm=times(matrix_of(operands), self.state.ctm))

    def _graphics_state(self, operands: Any) -> None:
        said = self._named("/ExtGState", operands)
        if isinstance(said, DictionaryObject) and "/ca" in said:
            self.state = self.state._replace(alpha=float(resolved(said["/ca"])))

    def _rectangle(self, operands: Any) -> None:
        x, y, width, height = (float(one) for one in operands)
        corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
        self.path.append(box_of(self.state.ctm, corners))

    def _point(self, operands: Any) -> None:
        self.path.append(box_of(self.state.ctm, [(float(operands[0]), float(operands[1]))]))

    def _line_to(self, operands: Any) -> None:
        self.canvas.lines += 1
        self._point(operands)

    def _curve(self, operands: Any) -> None:
        self.canvas.curves += 1
        numbers = [float(one) for one in operands]
        self.path.append(box_of(self.state.ctm, list(zip(numbers[::2], numbers[1::2], strict=True))))

    def _clip(self, _operands: Any) -> None:
        self.clipping = True

    def _paint(self, name: str) -> None:
        if self.path:
            box = meet(self.state.clip, around(self.path))
            if name in _FILLS and self.state.alpha > 0:
                self.canvas.filled(box)
            if self.clipping:
                self.state = self.state._replace(clip=box)
        self.path, self.clipping = [], False

    def _begin(self, _operands: Any) -> None:
        self.matrix = self.line = PLAIN

    def _font(self, operands: Any) -> None:
        face = self.interpreter.typeface(self._named("/Font", operands))
        self.state = self.state._replace(font=face, size=float(operands[1]))

    def _mode(self, operands: Any) -> None:
        self.state = self.state._replace(mode=int(operands[0]))

    def _leading(self, operands: Any) -> None:
        self.leading = float(operands[0])

    def _move(self, operands: Any) -> None:
        self.matrix = self.line = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self.line)

    def _move_leading(self, operands: Any) -> None:
        self.leading = -float(operands[1])
        self._move(operands)

    def _place(self, operands: Any) -> None:
        self.matrix = self.line = matrix_of(operands)

    def _next_line(self, _operands: Any) -> None:
        self.matrix = self.line = times((1, 0, 0, 1, 0, -self.leading), self.line)

    def _image(self, _operands: Any) -> None:
        self.canvas.images += 1
        self._shade(_operands)

    def _shade(self, _operands: Any) -> None:
        self.canvas.filled(meet(self.state.clip, box_of(self.state.ctm, [(0, 0), (1, 0), (0, 1), (1, 1)])))

    def _object(self, operands: Any) -> None:
        one = self._named("/XObject", operands)
        if not isinstance(one, StreamObject):
            return
        if one.get("/Subtype") == "/Image":
            self._image(operands)
            return
        if self.depth == DEEPEST_FORMS:
            raise TooMuch("forms")
        inner = matrix_of(resolved(one["/Matrix"])) if "/Matrix" in one else PLAIN
        resources = resolved(one.get("/Resources")) or self.resources
        reader = self.interpreter.reader
        content = ContentStream(unpacked(reader.data_of(one)), reader)
        state = self.state._replace(ctm=times(inner, self.state.ctm))
        self.interpreter.read(content, resources, state, self.canvas, self.depth + 1)

    def _show(self, said: Any) -> None:
        state, font = self.state, self.state.font
        if font is None:
            return
        whole = times(self.matrix, state.ctm)
        size = round(state.size * abs(whole[0] * whole[3] - whole[1] * whole[2]) ** 0.5, 1)
        found: list[Character] = []
        moved = 0.0
        for part in said if isinstance(said, ArrayObject) else [said]:
            if isinstance(part, int | float):
                moved -= float(part) / 1000 * state.size
                continue
            for code in font.codes(_raw(part)):
                found.append(Character(font.text(code), font.name, size, state.colour, code))
                moved += font.width(code) / 1000 * state.size
        box = box_of(whole, [(0, 0), (moved, 0), (0, state.size), (moved, state.size)])
        seen = meet(box, state.clip)
        is_seen = state.mode not in _INVISIBLE and state.alpha > 0 and size >= 1
        hidden = not is_seen or seen[2] <= seen[0] or seen[3] <= seen[1]
        self.canvas.runs.append((self.canvas.order, Run(tuple(found), box, hidden)))
        self.matrix = times((1, 0, 0, 1, moved, 0), self.matrix)

    def _named(self, kind: str, operands: Any) -> Any:
        known = resolved(self.resources.get(kind))
        return resolved(known.get(operands[0])) if isinstance(known, DictionaryObject) and operands else None


def unpacked(data: bytes) -> StreamObject:
    """Bytes as the stream that the library's parser takes."""
    found = StreamObject()
    found.set_data(data)
    return found


def _raw(part: Any) -> bytes:
    found = getattr(part, "original_bytes", None)
    return found if isinstance(found, bytes) else bytes(part) if isinstance(part, bytes) else b""


def _short(one: Any) -> str:
    return f"{float(one):.3f}" if isinstance(one, int | float) else str(one)
