"""JSON lines are found whatever ends them, and in pieces whose lines can be told apart."""

from __future__ import annotations

import pytest

from evaluator.limits import DEFAULTS
from evaluator.loading.batch.lines import LinesPiece, line_pieces


def found(path, most: int = 2) -> list[tuple[int, bytes]]:
    pieces = list(line_pieces(path, most))
    assert all(piece.size <= most for piece in pieces)
    for piece in pieces:
        items = list(piece.items())
        assert len(items) == piece.size
        assert [item.place for item in items] == list(piece.places())
        alone = [one for each in piece.apart() for one in each.items()]
        assert [(one.number, one.content) for one in alone] == [(one.number, one.content) for one in items]
    return [(one.number, one.content) for piece in pieces for one in piece.items()]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", []),
        (b"\n\r\n  \n", []),
        (b"{1}", [(1, b"{1}")]),
        (b"{1}\n{2}\n{3}\n", [(1, b"{1}"), (2, b"{2}"), (3, b"{3}")]),
        (b"{1}\n\n \t\n{2}\n{3}", [(1, b"{1}"), (4, b"{2}"), (5, b"{3}")]),
        (b"{1}\r\n{2}\r\n", [(1, b"{1}\r"), (2, b"{2}\r")]),
        (b"\xef\xbb\xbf{1}\n{2}", [(1, b"\xef\xbb\xbf{1}"), (2, b"{2}")]),
    ],
)
def test_every_line_that_is_not_blank_is_a_submission(tmp_path, content, wanted) -> None:
    path = tmp_path / "all.jsonl"
    path.write_bytes(content)
    assert found(path) == wanted


def test_lines_that_cross_the_blocks_in_which_they_are_read_are_whole(tmp_path) -> None:
    path = tmp_path / "all.jsonl"
    lines = [bytes([65 + n % 26]) * (700_001 + n) for n in range(15)]
    path.write_bytes(b"\n".join(lines))
    assert [content for _, content in found(path, 100)] == lines


def test_a_line_that_is_far_too_long_is_alone_and_not_read_to_its_end(tmp_path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_bytes(b"{1}\n" + b" " * 16 + b"x" * (3 * DEFAULTS.largest_submission) + b"\n{3}\n")
    pieces = list(line_pieces(path, 100))
    assert [(one.first, one.size) for one in pieces] == [(1, 1), (2, 1), (3, 1)]
    assert isinstance(pieces[1], LinesPiece)
    (item,) = pieces[1].items()
    assert DEFAULTS.largest_submission < len(item.content) < 2 * DEFAULTS.largest_submission
