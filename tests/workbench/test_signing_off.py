"""A stage signed off: what is frozen, kept and issued, and what is ranked of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from cli import main
from scorecards.sealing.checking import signatures_in
from tests.sealing.institutions import PASSPHRASE, root, unit
from tests.workbench.inspection_support import RULES, Reviewing, document_of, log, submitted
from tests.workbench.province import Province, province


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Province, int]]:
    """A server with one inspection that is signed."""
    with province(tmp_path_factory.mktemp("signing")) as server:
        number = submitted(server)
        inspector = Reviewing(server, "inspector")
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
        yield server, number


def test_the_assessment_is_that_of_the_command_line(signed: tuple[Province, int], tmp_path: Path) -> None:
    """``score --review`` with the signed file makes the same bytes."""
    server, number = signed
    inspector = Reviewing(server, "inspector")
    review, form = tmp_path / "review.json", tmp_path / "cuihu-an.json"
    review.write_bytes(inspector.get(f"/inspection/{number}/review.json").content)
    form.write_text(document_of(server, number), encoding="utf-8")
    found = CliRunner().invoke(
        main,
        ["score", str(form), "--rules", RULES, "--review", str(review), "--format", "json", "--out", "-"],
    )
    assert found.exit_code == 0, found.output
    assert inspector.get(f"/inspection/{number}/assessment.json").content == found.stdout_bytes


def test_the_scorecard_can_be_verified(signed: tuple[Province, int], tmp_path: Path) -> None:
    """``verify`` finds that the content of the issued PDF agrees."""
    server, number = signed
    answer = Reviewing(server, "street-review").get(f"/inspection/{number}/scorecard.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    path = tmp_path / "scorecard.pdf"
    path.write_bytes(answer.content)
    found = CliRunner().invoke(main, ["verify", str(path)])
    assert found.exit_code == 0, found.output


def test_what_is_signed_changes_no_more(signed: tuple[Province, int]) -> None:
    """Nothing more is written into the stage; the next one can begin."""
    server, number = signed
    inspector = Reviewing(server, "inspector")
    answer = inspector.say(
        number, "km-3-2", "decisions", "km-3-2", seen=1, outcome="satisfied", reason="改了"
    )
    assert answer.status_code == 409
    assert inspector.post(f"/inspection/{number}/sign", mark="x", declared="true").status_code == 409
    page = inspector.get(f"/inspection/{number}").text
    assert "已办结" in page
    assert 'value="final"' in page
    assert [one["action"] for one in log(server) if one["object"] == f"submission:{number}"][
        -1
    ] == "review.sign"


def test_what_is_concluded_is_ranked(signed: tuple[Province, int]) -> None:
    """The ranking holds it with its points after review, as a page and as a workbook."""
    server, number = signed
    inspector = Reviewing(server, "inspector")
    document = orjson.loads(inspector.get(f"/inspection/{number}/assessment.json").content)
    page = inspector.get("/ranking").text
    assert "翠湖岸社区" in page
    assert document["score"]["floor"] in page
    link = page.split('href="/ranking.xlsx?')[1].split('"')[0].replace("&amp;", "&")
    assert inspector.get(f"/ranking.xlsx?{link}").content[:2] == b"PK"


def test_an_entry_made_meanwhile_stops_the_signature(server: Province) -> None:
    """Who signs signs what was on the page."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    mark = inspector.mark(number)
    inspector.say(number, "km-3-2", "decisions", "km-3-2", outcome="not_satisfied", reason="没有公示")
    assert inspector.post(f"/inspection/{number}/sign", mark=mark, declared="true").status_code == 409


def test_a_scorecard_is_sealed_as_it_is_issued(server: Province, tmp_path: Path) -> None:
    """Where the server has a seal, what it issues bears it; where the seal's passphrase is missing, nothing is kept."""
    (tmp_path / "unit.p12").write_bytes(unit().pkcs12())
    (tmp_path / "passphrase").write_bytes(PASSPHRASE + b"\n")
    (tmp_path / "passphrase").chmod(0o600)
    profile = tmp_path / "seal.yaml"
    lines = ["sealing: 1", "pkcs12:", "  file: unit.p12", "seal:", "  text: 评估专用", ""]
    profile.write_text("\n".join(lines), encoding="utf-8")
    server.workbench.settings = server.workbench.settings._replace(seal=profile)
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number)
    answer = inspector.sign(number)
    assert answer.status_code == 422
    assert "passphrase_file" in answer.text
    assert "复核中" in inspector.get(f"/inspection/{number}").text
    lines.insert(3, "  passphrase_file: passphrase")
    profile.write_text("\n".join(lines), encoding="utf-8")
    assert inspector.sign(number).status_code == 303
    content = inspector.get(f"/inspection/{number}/scorecard.pdf").content
    assert [one.signer for one in signatures_in(content, [root().pem])] == ["示例市民族宗教事务局 / 电子印章"]


def test_a_final_review_leaves_nothing_to_a_person(server: Province) -> None:
    """It cannot be signed while a criterion waits for a person's judgement; the page says which."""
    number = submitted(server)
    inspector = Reviewing(server, "inspector")
    inspector.open(number, "final")
    page = inspector.get(f"/inspection/{number}/sign").text
    assert "km-4-6" in page
    assert 'name="mark"' not in page


def test_a_chain_of_stages_is_kept_stage_by_stage(server: Province, tmp_path: Path) -> None:
    """A later stage stands on the signed one: who wrote what is told, and the command line takes both files."""
    number = submitted(server)
    street, first, second = (Reviewing(server, one) for one in ("street-review", "inspector", "inspector2"))
    street.open(number, "preliminary", "S-1")
    street.say(number, "km-2-6", "rejected_evidence", "model_buildings", reason="没有名单以外的依据")
    assert street.sign(number).status_code == 303
    assert "复核中" in first.get(f"/inspection/{number}").text
    first.open(number)
    second.post(f"/inspection/{number}/join", staff_number="B-2")
    first.say(number, "km-2-6", "accepted_evidence", "model_buildings", reason="现场已核对")
    second.say(number, "km-4-6", "ratings", "km-4-6", level="2", reason="抽查五件，三件办结")
    answer = first.sign(number)
    assert answer.status_code == 303, answer.text
    files = [tmp_path / f"{stage}.json" for stage in ("preliminary", "inspection")]
    for path in files:
        path.write_bytes(first.get(f"/inspection/{number}/review.json?stage={path.stem}").content)
    assert [one["number"] for one in orjson.loads(files[1].read_bytes())["also"]] == ["B-2"]
    form = tmp_path / "cuihu-an.json"
    form.write_text(document_of(server, number), encoding="utf-8")
    asked = ["score", str(form), "--rules", RULES, "--format", "json", "--out", "-"]
    found = CliRunner().invoke(main, [*asked, *(part for path in files for part in ("--review", str(path)))])
    assert found.exit_code == 0, found.output
    assert first.get(f"/inspection/{number}/assessment.json").content == found.stdout_bytes
