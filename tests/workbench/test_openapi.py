"""The OpenAPI document is true: whatever is asked, the answer is one that it states."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.workbench import described
from tests.workbench.described import LOGINS, Trial
from tests.workbench.province import Province, begin, province

EXAMPLES = 2


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """A province with submissions, for all trials."""
    with province(tmp_path_factory.mktemp("tried")) as made:
        described.prepared(made)
        yield made


@pytest.mark.parametrize("login", LOGINS, ids=str)
def test_every_answer_is_one_that_the_document_states(tried: Province, login: str | None):
    """Status, media type and the headers that stand before every page; no error of the system. More: script/api-trial."""
    trial = Trial(tried, EXAMPLES, random.Random(3))
    faults = list(trial.faults(login))
    assert faults == [], "\n\n".join(faults)
    assert trial.requests > 40


def test_the_document_states_every_page(server: Province):
    """Each operation has a summary, whom it is for, and answers with a description; no answer in a shape that is never sent."""
    document = server.app.openapi()
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len(operations) == sum(len(page.methods) for page in server.app.pages)
    for one in operations:
        assert one["summary"]
        assert all(answer["description"] for answer in one["responses"].values())
        assert ("security" in one) == ("x-needs" in one)
    assert "HTTPValidationError" not in str(document)


def test_a_number_that_no_submission_can_have_is_refused(either: Province):
    """Too large for the database, too small, or none at all: a page says so."""
    client = either.client("community")
    begun = begin(client)
    for number in ("0", "-1", "2147483648", "9" * 30, "1.5", "x", "%00", "１"):
        paths = (f"/submissions/{number}", f"/submissions/{number}/results", f"{begun}/files/{number}")
        # ١ or １ is a digit, too: int() reads it.
        assert {client.get(path).status_code for path in paths} <= {200, 404, 422}, number
        data = {"sheet": "counts", "row": 0, "key": "now", "value": "1", "seen": number}
        assert client.post(f"{begun}/cells", data=data).status_code in (200, 409, 422), number
        data = {"ruleset": "kunming-model-community", "first": "2020-01-01", "last": "2020-12-31"}
        assert client.post("/submissions/new", data={**data, "earlier": number}).status_code in (404, 422), (
            number
        )


HOSTILE = {"NUL": "a\0b", "half a character": b"\xed\xa0\x80".decode("utf-8", "surrogatepass")}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_text_that_no_database_keeps_is_refused(either: Province, text: str):
    """In a field of either kind of form, a query, a path or the name of a file: 422, on either database, and nothing is kept."""
    client = either.client("community")
    begun = begin(client)
    # No client would write half a character: UTF-7 smuggles it through the charset of a form.
    form = b"".join(
        b'--x\r\ncontent-disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name, value)
        for name, value in (
            (b"_charset_", b"utf-7"),
            (b"sheet", b"counts"),
            (b"row", b"0"),
            (b"key", b"now"),
            (b"value", text.encode("utf-7")),
        )
    )
    kind = {"content-type": "multipart/form-data; charset=utf-7; boundary=x"}
    assert client.post(f"{begun}/cells", content=form + b"--x--\r\n", headers=kind).status_code == 422
    if text == HOSTILE["NUL"]:
        data = {"sheet": "counts", "row": 0, "key": "now", "value": text}
        assert client.post(f"{begun}/cells", data=data).status_code == 422
        assert client.get("/history/cuihu-an", params={"ruleset": text}).status_code == 422
        assert client.get("/history/a%00b").status_code == 422
        assert either.client("audadmin").get("/audit", params={"login": text}).status_code == 422
        sign_in = {"login": text, "password": text}
        assert either.client(None).post("/sign-in", data=sign_in).status_code == 422
    assert 'data-version="1"' not in client.get(f"{begun}/form/counts").text


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 20, "１", ""])
def test_a_page_sent_as_a_whole_with_another_version_is_answered(server: Province, seen: str):
    """What is no version is none: what another typed is not overwritten, and no error of the system."""
    client = server.client("community")
    begun = begin(client)
    assert client.post(f"{begun}/form/counts", data={"r0.now": "6"}).status_code == 303
    again = client.post(f"{begun}/form/counts", data={"r0.now": "7", "v0.now": seen})
    assert again.status_code == 409
    assert 'value="6"' in client.get(f"{begun}/form/counts").text


@pytest.mark.parametrize("lines", [" ", "\n,\n", "x" * 200_000], ids=["blank", "commas", "one long field"])
def test_a_list_without_a_unit_is_refused(server: Province, lines: str):
    """Nothing but blanks and commas, or a field that no table has: told in words."""
    answer = server.client("sysadmin").post("/administration/units/list", data={"lines": lines})
    assert answer.status_code == 422
