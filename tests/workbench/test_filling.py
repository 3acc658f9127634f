"""A community fills its form in on pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson
import pytest

from evaluator.loading import load_submission
from evaluator.workbook.layout import planned
from evaluator.workbook.making import filled_by
from evaluator.workbook.paging import is_filled_at, text_of_value
from tests.workbench.province import Province, begin, went_well
from workbench import drafts

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def cell(client, path, sheet, row, key, value, seen=0):
    return client.post(
        f"{path}/cells", data={"sheet": sheet, "row": row, "key": key, "value": value, "seen": seen}
    )


def test_what_is_typed_is_there_again(either: Province):
    """A cell that was saved stands on the page when it is opened again, with its version."""
    client = either.client("community")
    path = begin(client)
    assert cell(client, path, "counts", 0, "now", "6").json() == {"version": 1, "said": {}}
    page = client.get(f"{path}/form/counts").text
    assert 'value="6"' in page
    assert 'data-key="now" data-version="1"' in page


def test_a_cell_is_read_as_the_workbook_reads_it(server: Province):
    """“4个” is read as 4 and said so; “abc” is refused in words, and kept so that nothing typed is lost."""
    client = server.client("community")
    path = begin(client)
    assert cell(client, path, "counts", 0, "now", "4个").json()["said"] == {
        "now": [{"bad": False, "text": "读作：4"}]
    }
    said = cell(client, path, "counts", 1, "now", "abc").json()["said"]["now"]
    assert said[0]["bad"]
    assert "abc" in said[0]["text"]
    assert "abc" in client.get(f"{path}/form/counts").text


def test_what_concerns_a_person_is_refused_and_not_kept(server: Province):
    """A telephone number is refused as it is typed; neither the page nor the audit log holds it."""
    client = server.client("community")
    path = begin(client)
    answer = cell(client, path, "counts", 0, "source", "联系 13812345678")
    assert answer.status_code == 422
    assert "电话号码" in answer.text
    assert "13812345678" not in answer.text
    assert "13812345678" not in client.get(f"{path}/form/counts").text
    log = server.client("audadmin").get("/audit").text
    assert "form.refuse" in log
    assert "13812345678" not in log


def test_two_people_do_not_overwrite_each_other(either: Province):
    """Whoever saves a cell that was changed since gets the other's value, and nothing is overwritten."""
    one, other = either.client("community"), either.client("community")
    path = begin(one)
    cell(one, path, "counts", 0, "now", "6")
    late = cell(other, path, "counts", 0, "now", "7", seen=0)
    assert late.status_code == 409
    assert late.json()["other"] == {"value": "6", "login": "community"}
    assert cell(other, path, "counts", 0, "now", "7", seen=late.json()["version"]).status_code == 200


def test_nobody_writes_where_nothing_is_to_be_filled(server: Province):
    """A label, the unit's own name and an unknown sheet are no fields."""
    client = server.client("community")
    path = begin(client)
    for sheet, row, key in (
        ("counts", 0, "label"),
        ("subject", 0, "value"),
        ("nix", 0, "now"),
        ("street", 0, "date"),
        ("counts", 99, "now"),
    ):
        assert cell(client, path, sheet, row, key, "1").status_code == 422


def test_another_entry_can_be_added_and_emptied(server: Province):
    """“One more” gives an item another row; emptying takes it away again."""
    client = server.client("community")
    path = begin(client)
    before = client.get(f"{path}/form/events").text.count('class="entry"')
    added = went_well(client.post(f"{path}/rows", data={"sheet": "events", "item": "publicity_session"}))
    row = added.headers["location"].rpartition("#r")[2]
    cell(client, path, "events", int(row), "date", "2025-05-01")
    page = client.get(f"{path}/form/events").text
    assert page.count('class="entry"') == before + 1
    assert 'value="2025-05-01"' in page
    went_well(client.post(f"{path}/rows/clear", data={"sheet": "events", "row": row}))
    assert client.get(f"{path}/form/events").text.count('class="entry"') == before


def test_the_standing_says_what_the_engine_says(server: Province):
    """The page beside the form shows the four figures, and how many answers are faulty."""
    client = server.client("community")
    path = begin(client)
    cell(client, path, "counts", 0, "now", "abc")
    page = client.get(f"{path}/standing").text
    assert "有 1 处填报有误" in page
    for figure in ("已确认分", "最高可达", "达标线", "至少还需"):
        assert figure in page


def test_a_faulty_form_is_not_submitted(server: Province):
    """Submitting lists what is wrong with the name of its field, and changes nothing."""
    client = server.client("community")
    path = begin(client)
    cell(client, path, "counts", 0, "now", "abc")
    page = client.get(f"{path}/submit").text
    assert "居民小区数" in page
    refused = client.post(f"{path}/submit", data={"version": 2, "declared": "true"})
    assert refused.status_code == 422
    assert "填报中" in client.get(path).text


def test_what_is_submitted_does_not_change(either: Province):
    """Once submitted, no cell and no file can be changed, and a second submission is refused."""
    client = either.client("community")
    path = begin(client)
    cell(client, path, "counts", 0, "now", "6")
    went_well(client.post(f"{path}/submit", data={"version": 2, "declared": "true"}))
    assert "已提交" in client.get(path).text
    assert cell(client, path, "counts", 0, "now", "7", seen=1).status_code == 422
    assert client.post(f"{path}/files", files={"file": ("a.png", b"x")}).status_code == 409
    assert client.post(f"{path}/submit", data={"version": 3, "declared": "true"}).status_code == 409


def test_a_change_after_the_last_look_stops_the_submission(server: Province):
    """What was changed after the page of submission was opened is looked at again first."""
    client = server.client("community")
    path = begin(client)
    cell(client, path, "counts", 0, "now", "6")
    assert client.post(f"{path}/submit", data={"version": 1, "declared": "true"}).status_code == 409


def test_without_a_declaration_nothing_is_submitted(server: Province):
    """The declaration has to be ticked."""
    client = server.client("community")
    path = begin(client)
    assert client.post(f"{path}/submit", data={"version": 1}).status_code == 422


def test_there_is_one_submission_for_a_standard_and_period(server: Province):
    """A second one for the same period is refused."""
    client = server.client("community")
    begin(client)
    again = client.post(
        "/submissions/new",
        data={
            "ruleset": "kunming-model-community",
            "first": "2025-01-01",
            "last": "2025-12-31",
            "earlier": "",
        },
    )
    assert again.status_code == 409


def test_an_earlier_period_is_carried_over(server: Province):
    """Figures become those of the period before; the new form is empty otherwise."""
    client = server.client("community")
    path = begin(client, year=2025)
    cell(client, path, "counts", 0, "now", "6")
    went_well(client.post(f"{path}/submit", data={"version": 2, "declared": "true"}))
    answer = client.post(
        "/submissions/new",
        data={
            "ruleset": "kunming-model-community",
            "first": "2026-01-01",
            "last": "2026-12-31",
            "earlier": path.rpartition("/")[2],
        },
    )
    page = client.get(f"{answer.headers['location']}/form/counts").text
    assert 'name="r0.before" value="6"' in page
    assert 'name="r0.now" value=""' in page


def test_a_page_is_saved_without_scripts(server: Province):
    """The button of a page keeps every field that differs."""
    client = server.client("community")
    path = begin(client)
    went_well(
        client.post(f"{path}/form/counts", data={"r0.now": "6", "v0.now": "0", "r1.now": "", "v1.now": "0"})
    )
    assert 'value="6"' in client.get(f"{path}/form/counts").text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_speak_the_language_that_was_chosen(server: Province, lang: str):
    """In English neither head nor button is Chinese; in Chinese none is English."""
    client = server.client("community", lang)
    path = begin(client)
    page = client.get(f"{path}/form/counts").text
    assert ("Residential quarters" in page) == (lang == "en")
    assert ("下一页" in page) == (lang == "zh")


def every_cell(form):
    """The cells that people fill of a form that holds something, as they would type them."""
    for sheet in form.tables():
        for n, row in enumerate(sheet.rows):
            for column in sheet.columns:
                value = row.values.get(column.key)
                if value is not None and is_filled_at(sheet, row, column.key):
                    yield sheet.id, n, column.key, text_of_value(value)


@pytest.mark.parametrize("name", ["middling", "excellent", "borderline"])
def test_a_form_typed_in_field_by_field_is_the_submission(server: Province, name: str):
    """Every field of an example typed in on pages gives the very submission, digest and all."""
    from workbench.judging import examined

    source = EXAMPLES / "kunming-model-community" / f"{name}.yaml"
    client = server.client("community")
    path = begin(client)
    with server.workbench.database.read() as connection:
        draft = drafts.find(connection, int(path.rpartition("/")[2]))
    assert draft is not None
    loaded = drafts.rules(draft.ruleset, draft.ruleset_version)
    submission = load_submission(source, loaded.catalogue)
    form = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, filled_by(submission))
    typed = {(sheet, row, key): text for sheet, row, key, text in every_cell(form)}
    answered = examined(loaded, form, typed, None, None, lenient=False)
    assert answered.problems == ()
    assert answered.own == submission


def test_the_period_of_the_first_page_is_this_year(server: Province):
    """A new submission is for the present year unless that is changed."""
    assert f'value="{date(2026, 1, 1)}"' in server.client("community").get("/submissions/new").text


def test_the_audit_log_names_each_save(server: Province):
    """Who typed into which cell stands in the log; what was typed does not."""
    client = server.client("community")
    path = begin(client)
    cell(client, path, "counts", 0, "now", "6")
    with server.workbench.database.read() as connection:
        from workbench import audit

        last = list(audit.entries(connection))[-1]
    assert (last["login"], last["action"], last["object"]) == ("community", "form.save", "submission:1")
    assert orjson.loads(last["detail"]) == {"sheet": "counts", "row": 0, "key": "now", "version": 1}
