"""One submission in JSON, as they are read by the ten thousand: a fast lane, and behind it the careful reader that decides."""

from __future__ import annotations

from evaluator.catalogue import Catalogue
from evaluator.errors import SubmissionError
from evaluator.loading.fast_reading import fast
from evaluator.loading.packages import Form
from evaluator.loading.submissions import form_alone
from evaluator.submission import Submission


def read_line(content: bytes, name: str, catalogue: Catalogue, line: int | None = None) -> Submission:
    """The submission in the bytes of a JSON file of that name, or of its ``line``, without what it includes.

    Raises ``SubmissionError`` with every problem, each at its place in the file. Equal in every respect to ``submission_in``.
    """
    found = fast(content, name, catalogue)
    if found is not None:
        return found
    # Only the ending of a form's name says how it is written.
    form = Form(name if name.lower().endswith(".json") else f"{name}.json", name, lambda _largest: content)
    try:
        return form_alone(lambda: form, catalogue)
    except SubmissionError as error:
        if line is None:
            raise
        placed = (
            one._replace(place=one.place._replace(line=line + (one.place.line or 1) - 1))
            for one in error.problems
        )
        raise SubmissionError(placed) from None
