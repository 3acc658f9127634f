"""A stage signed off: what is frozen, kept and issued, and what is ranked of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from cli import main
from tests.workbench.inspection_support import EXAMPLE, RULES, Bench, bench


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, int]]:
    """A server with one inspection that is signed."""
    with bench(tmp_path_factory.mktemp("bench")) as served:
        number = served.submitted()
        inspector = served.client("insp1")
        assert inspector.open(number).status_code == 303
        for criterion, name, about, fields in (
            ("km-2-6", "corrections", "count:model_buildings", {"verified": "2", "reason": "三号楼组已挂牌"}),
            ("km-4-6", "ratings", "km-4-6", {"level": "2", "reason": "抽查五件，三件办结"}),
            (
                "km-3-2",
                "decisions",
                "km-3-2",
                {"outcome": "partly_satisfied", "earned": "1", "reason": "没有公示"},
            ),
        ):
            answer = inspector.say(number, criterion, name, about, **fields)
            assert answer.status_code == 303, answer.text
        answer = inspector.sign(number)
        assert answer.status_code == 303, answer.text
        yield served, number


def test_the_assessment_is_that_of_the_command_line(signed: tuple[Bench, int], tmp_path: Path) -> None:
    """``score --review`` with the signed file makes the same bytes."""
    served, number = signed
    inspector = served.client("insp1")
    review, form = tmp_path / "review.json", tmp_path / "cuihu-an.json"
    review.write_bytes(inspector.get(f"/inspection/{number}/review.json").content)
    with served.workbench.database.read() as connection:
        from workbench import drafts

        draft = drafts.find(connection, number)
    assert draft is not None
    form.write_text(draft.document or "", encoding="utf-8")
    found = CliRunner().invoke(
        main,
        ["score", str(form), "--rules", RULES, "--review", str(review), "--format", "json", "--out", "-"],
    )
    assert found.exit_code == 0, found.output
    assert inspector.get(f"/inspection/{number}/assessment.json").content == found.stdout_bytes


def test_the_scorecard_can_be_verified(signed: tuple[Bench, int], tmp_path: Path) -> None:
    """``verify`` finds that the content of the issued PDF agrees."""
    served, number = signed
    answer = served.client("rev1").get(f"/inspection/{number}/scorecard.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    path = tmp_path / "scorecard.pdf"
    path.write_bytes(answer.content)
    found = CliRunner().invoke(main, ["verify", str(path)])
    assert found.exit_code == 0, found.output


def test_what_is_signed_changes_no_more(signed: tuple[Bench, int]) -> None:
    """Nothing more is written into the stage; the next one can begin."""
    served, number = signed
    inspector = served.client("insp1")
    answer = inspector.say(
        number, "km-3-2", "decisions", "km-3-2", seen=1, outcome="satisfied", reason="改了"
    )
    assert answer.status_code == 409
    assert inspector.post(f"/inspection/{number}/sign", mark="x", declared="true").status_code == 409
    page = inspector.get(f"/inspection/{number}").text
    assert "已办结" in page
    assert 'value="final"' in page
    assert [one["action"] for one in served.audit() if one["object"] == f"submission:{number}"][
        -1
    ] == "review.sign"


def test_what_is_concluded_is_ranked(signed: tuple[Bench, int]) -> None:
    """The ranking holds it with its points after review, as a page and as a workbook."""
    served, number = signed
    inspector = served.client("insp1")
    document = orjson.loads(inspector.get(f"/inspection/{number}/assessment.json").content)
    page = inspector.get("/ranking").text
    assert "翠湖岸社区" in page
    assert document["score"]["floor"] in page
    link = page.split('href="/ranking.xlsx?')[1].split('"')[0].replace("&amp;", "&")
    assert inspector.get(f"/ranking.xlsx?{link}").content[:2] == b"PK"


def test_an_entry_made_meanwhile_stops_the_signature(tmp_path: Path) -> None:
    """Who signs signs what was on the page."""
    with bench(tmp_path) as served:
        number = served.submitted()
        inspector = served.client("insp1")
        inspector.open(number)
        mark = inspector.get(f"/inspection/{number}/sign").text.split('name="mark" value="')[1].split('"')[0]
        inspector.say(number, "km-3-2", "decisions", "km-3-2", outcome="not_satisfied", reason="没有公示")
        assert inspector.post(f"/inspection/{number}/sign", mark=mark, declared="true").status_code == 409


def test_the_example_is_there() -> None:
    """The example that the tests submit is a file of the repository."""
    assert EXAMPLE.is_file()
