"""Policy staff revise rules on pages: drafts, checks, cases, four eyes, publication, replay."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import insert, select, update

from cli import main
from evaluator.loading import load_submission
from evaluator.review import Review
from tests.workbench.province import Province
from workbench import accounts, drafts, judging, publishing, replaying, routes, rule_drafts, rulesets
from workbench.app import build, needs_of
from workbench.audit import Deed, Doer
from workbench.permissions import Account, Unit
from workbench.rule_completion import Known, enclosing, suggestions
from workbench.serving import Workbench
from workbench.settings import Settings
from workbench.storage.tables import assessments, audit, reviews, sessions, submissions, units

KUNMING = "kunming-model-community"
MIDDLING = Path("examples/kunming-model-community/middling.yaml")
ROLES = {
    "officer": ("policy_officer", "yn"),
    "second": ("policy_officer", "yn"),
    "third": ("policy_officer", "yn"),
    "community": ("community", "cuihu"),
    "street": ("street", "huashan"),
    "reviewer": ("street_reviewer", "huashan"),
    "elsewhere": ("street_reviewer", "other"),
    "district": ("district_reviewer", "wuhua"),
    "inspector": ("inspector", "yn"),
    "sysadmin": ("system_admin", None),
    "security": ("security_admin", None),
    "audit": ("audit_admin", None),
}
_UNITS = (
    ("yn", "云南省民族宗教事务委员会", "province", None, "/yn/"),
    ("wuhua", "五华区民族宗教局", "district", "yn", "/yn/wuhua/"),
    ("huashan", "华山街道办事处", "street", "wuhua", "/yn/wuhua/huashan/"),
    ("other", "大观街道办事处", "street", "wuhua", "/yn/wuhua/other/"),
)


class Office(NamedTuple):
    """A server with accounts of every role."""

    workbench: Workbench
    app: object

    def visitor(self, login: str) -> Visitor:
        """A browser in which ``login`` is signed in."""
        with self.workbench.database.unlogged() as change:
            session = accounts.begin_session(change, self.workbench.database, login)
            token = accounts.digest_of(session.token)
            csrf = change.execute(select(sessions.c.csrf).where(sessions.c.token == token)).scalar_one()
        client = TestClient(self.app, base_url="http://localhost", follow_redirects=False)  # type: ignore[arg-type]
        client.cookies.set("duibiao_session", session.token)
        return Visitor(client, csrf)


class Visitor(NamedTuple):
    """A browser with a session."""

    client: TestClient
    csrf: str

    def get(self, path: str, *, part: bool = False):
        """The answer to a question."""
        return self.client.get(path, headers={"hx-request": "true"} if part else {})

    def post(self, path: str, **fields: str | int):
        """The answer to a form."""
        return self.client.post(path, data={**fields, "csrf": self.csrf})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A server on SQLite, on the first day of December 2026."""
    settings = Settings(tmp_path / "data", clock=lambda: datetime(2026, 12, 1, 4, tzinfo=UTC))
    app = build(settings)
    workbench = app.state.workbench
    with workbench.database.write() as change:
        unit = load_submission(MIDDLING).subject
        rows = [*_UNITS, ("cuihu", unit.name, "community", "huashan", "/yn/wuhua/huashan/cuihu/")]
        for row in rows:
            change.execute(
                insert(units).values(dict(zip(("id", "name", "kind", "parent", "path"), row, strict=True)))
            )
        for login, (role, belongs) in ROLES.items():
            accounts.make_account(change, login, role, belongs)  # type: ignore[arg-type]
        change.tell(Doer("-", "program"), Deed("test.begin", "server"))
    yield Office(workbench, app)
    workbench.close()


def submitted(office: Office) -> int:
    """A community's submission as it was submitted, with the assessment of its self-check; the number of the assessment."""
    content = judging.document_of(load_submission(MIDDLING))
    account = Account("community", "community", None)
    with office.workbench.database.write() as change:
        version = rulesets.newest(KUNMING)
        assert version is not None
        loaded = rulesets.rules(KUNMING, version)
        period = load_submission(MIDDLING).period
        number = drafts.begin(change, account, "cuihu", loaded, (period.from_, period.to))
        change.execute(
            update(submissions)
            .where(submissions.c.id == number)
            .values(state="submitted", document=content.decode(), submitted_at=change.now)
        )
        draft = drafts.find(change.connection, number)
        assert draft is not None
        document = judging.assessment_of(loaded, judging.received(draft, None))
        return judging.keep(change, draft, Doer("community", "community"), document, "self_check")


def begun(visitor: Visitor) -> int:
    """A new draft; its number."""
    answer = visitor.post(f"/rules/{KUNMING}/drafts")
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rpartition("/")[2])


def text_of(office: Office, number: int, name: str = "ruleset.yaml") -> str:
    """What is kept of a file."""
    with office.workbench.database.read() as connection:
        return rule_drafts.find(connection, number).files[name]


def version_of(office: Office, number: int) -> int:
    """How often the draft was saved."""
    with office.workbench.database.read() as connection:
        return rule_drafts.find(connection, number).version


def stricter(text: str) -> str:
    """The rules with a higher grade line and the version that this needs."""
    return text.replace('version: "1.0.0"', 'version: "1.1.0"').replace(
        'title: {zh: 示范, en: Model}, at_least: "90"', 'title: {zh: 示范, en: Model}, at_least: "95"'
    )


def save(visitor: Visitor, office: Office, number: int, text: str, name: str = "ruleset.yaml"):
    """Save a file as somebody who looks at its newest text."""
    return visitor.post(
        f"/rules/drafts/{number}/save", file=name, text=text, version=version_of(office, number)
    )


def proposed(office: Office) -> int:
    """A draft with a stricter grade line that ``officer`` wrote and proposed."""
    officer = office.visitor("officer")
    number = begun(officer)
    assert save(officer, office, number, raised(text_of(office, number))).status_code == 303
    answer = officer.post(
        f"/rules/drafts/{number}/propose", version=version_of(office, number), reason="理顺文字"
    )
    assert answer.status_code == 303, answer.text
    return number


def raised(text: str) -> str:
    """The rules with another wording of one requirement, and the version that this needs."""
    return text.replace('version: "1.0.0"', 'version: "1.1.0"').replace(
        "街道以文件成立领导小组，写明职责", "街道以文件成立领导小组并写明职责"
    )


def publish(office: Office) -> int:
    """``proposed``, approved by ``second``."""
    number = proposed(office)
    answer = office.visitor("second").post(
        f"/rules/drafts/{number}/approve", version=version_of(office, number)
    )
    assert answer.status_code == 303, answer.text
    return number


def test_the_rules_are_browsed_with_clauses_and_how_they_are_judged(office: Office) -> None:
    """Whoever fills in or reviews reads each criterion with its clause and how it is judged."""
    for login in ("community", "street", "reviewer", "inspector", "officer"):
        visitor = office.visitor(login)
        assert "昆明市民族团结进步示范社区创建评估" in visitor.get("/rules").text
        page = visitor.get(f"/rules/{KUNMING}?version=1.0.0").text
        assert "条款 六（一）" in page
        assert "怎样判定" in page
        assert "做到得满分，做不到不得分" in page


def test_the_filter_keeps_what_holds_the_words(office: Office) -> None:
    """A filter leaves the criteria that say what is looked for."""
    page = office.visitor("community").get(f"/rules/{KUNMING}?q=km-1-1").text
    assert "km-1-1" in page
    assert "km-9-2" not in page


def test_there_is_no_page_of_an_unknown_ruleset(office: Office) -> None:
    """An unknown ruleset, version or draft is 404."""
    officer = office.visitor("officer")
    for path in (
        "/rules/none",
        f"/rules/{KUNMING}?version=9.9.9",
        "/rules/drafts/99",
        "/rules/none/assessments",
    ):
        assert officer.get(path).status_code == 404, path


@pytest.mark.parametrize("login", [one for one, (role, _) in ROLES.items() if role != "policy_officer"])
def test_no_other_role_edits_rules(office: Office, login: str) -> None:
    """Every role but the policy officer's gets 403 for whatever concerns a draft."""
    number = begun(office.visitor("officer"))
    visitor = office.visitor(login)
    at = f"/rules/drafts/{number}"
    for path in (at, f"{at}/diff", f"{at}/impact", f"{at}/completion?file=ruleset.yaml"):
        assert visitor.get(path).status_code == 403, path
    for path in ("save", "check", "cases", "propose", "withdraw", "approve", "reject"):
        answer = visitor.post(f"{at}/{path}", file="ruleset.yaml", text="x", version=1, reason="x")
        assert answer.status_code == 403, path
    assert visitor.post(f"/rules/{KUNMING}/drafts").status_code == 403


def test_every_page_of_the_rules_says_whom_it_is_for() -> None:
    """No page of the rules is without a permission, and none is for whoever is signed in."""
    for router in (routes.rules.router, routes.rule_drafts.router):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            needs = needs_of(route)
            assert needs is not None, route.path
            assert needs.access in ("browse_rules", "edit_rules", "publish_rules"), route.path


def test_nobody_edits_rules_without_signing_in(office: Office) -> None:
    """Without a session the pages ask to sign in."""
    client = TestClient(office.app, base_url="http://localhost", follow_redirects=False)  # type: ignore[arg-type]
    assert client.get("/rules").status_code == 401
    assert client.post(f"/rules/{KUNMING}/drafts").status_code == 401


def test_a_fault_is_shown_with_the_code_and_line_of_the_engine(office: Office) -> None:
    """What is wrong in the text that is typed is shown as ``rules check`` tells it, at its line; nothing is kept."""
    officer = office.visitor("officer")
    number = begun(officer)
    before = text_of(office, number)
    text = before.replace("level: must", "level: shall", 1)
    line = text[: text.index("level: shall")].count("\n") + 1
    page = officer.post(f"/rules/drafts/{number}/check", file="ruleset.yaml", text=text).text
    assert f"ruleset.yaml:{line}" in page
    assert re.search(r"\[\w+\]", page)
    assert text_of(office, number) == before


def test_a_draft_that_is_as_it_was_has_no_problem(office: Office) -> None:
    """A draft begun from a published version passes the check."""
    officer = office.visitor("officer")
    number = begun(officer)
    page = officer.post(
        f"/rules/drafts/{number}/check", file="ruleset.yaml", text=text_of(office, number)
    ).text
    assert "没有问题" in page


def test_rules_that_changed_under_a_published_version_are_told_so(office: Office) -> None:
    """Changed without a higher version, the engine's message stands at the line of the version."""
    officer = office.visitor("officer")
    number = begun(officer)
    text = text_of(office, number).replace('at_least: "90"', 'at_least: "95"')
    page = officer.post(f"/rules/drafts/{number}/check", file="ruleset.yaml", text=text).text
    assert "[published_changed]" in page
    line = text[: text.index("\nversion:")].count("\n") + 2
    assert f"ruleset.yaml:{line}" in page


def test_no_name_of_a_temporary_folder_is_shown(office: Office) -> None:
    """Problems name the draft's files, never where they lay."""
    officer = office.visitor("officer")
    number = begun(officer)
    for text in ("", "a: [", "ruleset: x\n", text_of(office, number).replace("ruleset: kun", "ruleset: kum")):
        page = officer.post(f"/rules/drafts/{number}/check", file="ruleset.yaml", text=text)
        assert page.status_code == 200
        assert "duibiao-draft-" not in page.text
        page = officer.post(f"/rules/drafts/{number}/cases", file="ruleset.yaml", text=text)
        assert page.status_code == 200
        assert "duibiao-draft-" not in page.text


def test_cases_are_run_and_what_differs_is_told(office: Office) -> None:
    """Each case comes out as it says or not, with what it should be and is."""
    officer = office.visitor("officer")
    number = begun(officer)
    text = text_of(office, number, "cases.yaml")
    page = officer.post(f"/rules/drafts/{number}/cases", file="cases.yaml", text=text).text
    assert "268 个用例，0 个不符" in page
    text = text.replace(
        'expect: {outcome: satisfied, earned: "2"}', 'expect: {outcome: satisfied, earned: "1"}', 1
    )
    page = officer.post(f"/rules/drafts/{number}/cases", file="cases.yaml", text=text).text
    assert "268 个用例，1 个不符" in page
    assert "得分应为 1，实为 2" in page


def test_a_stale_save_shows_the_text_of_the_other(office: Office) -> None:
    """Whoever saves over somebody else's change is shown it, and nothing is kept; saved again it is."""
    officer, second = office.visitor("officer"), office.visitor("second")
    number = begun(officer)
    text, at = text_of(office, number), f"/rules/drafts/{number}/save"
    theirs, mine = text.replace("写明职责", "写明各自职责"), text.replace("至少办一场宣传", "至少办两场宣传")
    assert officer.post(at, file="ruleset.yaml", text=theirs, version=1).status_code == 303
    answer = second.post(at, file="ruleset.yaml", text=mine, version=1)
    assert answer.status_code == 409
    assert "officer 已经改过" in answer.text
    assert "写明各自职责" in answer.text
    assert "至少办两场宣传" in answer.text
    assert text_of(office, number) == theirs
    assert second.post(at, file="ruleset.yaml", text=mine, version=2).status_code == 303
    assert text_of(office, number) == mine


def test_lines_of_a_browser_are_kept_as_lines_of_a_file(office: Office) -> None:
    """A form sends carriage returns; the file has none."""
    officer = office.visitor("officer")
    number = begun(officer)
    text = text_of(office, number)
    assert save(officer, office, number, (text + "# 附注\n").replace("\n", "\r\n")).status_code == 303
    assert text_of(office, number) == text + "# 附注\n"


@pytest.mark.parametrize(
    "person", ["# 联系人电话 13800138000", "# 身份证 53010219900307123X", "# 张建国、李秀英、王志强、赵玉兰"]
)
def test_what_concerns_a_person_is_never_kept(office: Office, person: str) -> None:
    """A telephone, an identity number or a list of names in a rule file is refused as in the engine, and not kept."""
    officer = office.visitor("officer")
    number = begun(officer)
    before = text_of(office, number)
    answer = save(officer, office, number, f"{before}\n{person}\n")
    assert answer.status_code == 422
    assert text_of(office, number) == before


def test_a_reason_without_persons_is_needed(office: Office) -> None:
    """A proposal without a reason, or with a telephone in it, is refused."""
    officer = office.visitor("officer")
    number = begun(officer)
    save(officer, office, number, raised(text_of(office, number)))
    for reason in ("", "  ", "已与 13800138000 商定", "响\x07铃", "长" * 2001):
        answer = officer.post(f"/rules/drafts/{number}/propose", version=2, reason=reason)
        assert answer.status_code == 422, reason
        assert "13800138000" not in _problems(answer.text)
    with office.workbench.database.read() as connection:
        assert rule_drafts.find(connection, number).state == "draft"


def _problems(page: str) -> str:
    found = re.search(r'<ul class="problems places">.*?</ul>', page, re.DOTALL)
    return found[0] if found else ""


def test_only_a_clean_draft_with_a_raised_version_is_proposed(office: Office) -> None:
    """A fault, a failing case or a version that was not raised enough keeps a draft from being proposed."""
    officer = office.visitor("officer")
    number = begun(officer)
    at = f"/rules/drafts/{number}/propose"
    assert officer.post(at, version=1, reason="不改").status_code == 422
    text = text_of(office, number)
    save(officer, office, number, stricter(text))
    failing = officer.post(at, version=2, reason="提高等级线")
    assert failing.status_code == 422
    assert "[failing_case]" in failing.text
    save(officer, office, number, raised(text).replace('"1.1.0"', '"1.0.0"'))
    assert "[published_changed]" in officer.post(at, version=3, reason="改文字").text
    changed = text.replace('version: "1.0.0"', 'version: "1.0.1"').replace(
        "{kind: document, documents: street_leading_group_document, state: in_force}",
        "{kind: document, documents: street_leading_group_document, state: in_force, attachment: required}",
    )
    save(officer, office, number, changed)
    answer = officer.post(at, version=4, reason="要附件")
    assert answer.status_code == 422
    assert "[version_not_raised]" in answer.text or "[failing_case]" in answer.text


def test_whoever_proposed_cannot_approve(office: Office) -> None:
    """Four eyes: the account that proposed a draft gets 403, and the reason."""
    number = proposed(office)
    answer = office.visitor("officer").post(f"/rules/drafts/{number}/approve", version=2)
    assert answer.status_code == 403
    assert "另一位标准管理员" in answer.text
    assert rulesets.versions(KUNMING) == ("1.0.0",)


def test_whoever_changed_the_text_last_cannot_approve(office: Office) -> None:
    """Proposed by another, the account that saved last gets 403, too."""
    officer, second = office.visitor("officer"), office.visitor("second")
    number = begun(officer)
    save(officer, office, number, raised(text_of(office, number)))
    answer = second.post(f"/rules/drafts/{number}/propose", version=2, reason="理顺文字")
    assert answer.status_code == 303
    refused = officer.post(f"/rules/drafts/{number}/approve", version=2)
    assert refused.status_code == 403
    assert "最后由您修改" in refused.text
    assert second.post(f"/rules/drafts/{number}/approve", version=2).status_code == 403
    assert office.visitor("third").post(f"/rules/drafts/{number}/approve", version=2).status_code == 303


def test_a_proposed_draft_does_not_change(office: Office) -> None:
    """What was proposed cannot be saved any more; sent back with a reason it can."""
    number = proposed(office)
    second = office.visitor("second")
    text = text_of(office, number)
    assert save(second, office, number, text + "# x\n").status_code == 409
    assert second.post(f"/rules/drafts/{number}/reject", version=2, reason="").status_code == 422
    assert second.post(f"/rules/drafts/{number}/reject", version=2, reason="等级线未议定").status_code == 303
    assert "等级线未议定" in second.get(f"/rules/drafts/{number}").text
    assert save(second, office, number, text + "# x\n").status_code == 303


def test_an_approval_of_a_text_that_changed_is_refused(office: Office) -> None:
    """Approved is the text that was looked at: another version of the draft is 409."""
    number = proposed(office)
    assert office.visitor("second").post(f"/rules/drafts/{number}/approve", version=1).status_code == 409


def test_a_published_version_is_used_next_and_what_was_assessed_stays(office: Office) -> None:
    """The next submission uses the approved version; an earlier assessment keeps its version and its bytes."""
    assessment = submitted(office)
    before = _document(office, assessment)
    publish(office)
    assert rulesets.newest(KUNMING) == "1.1.0"
    assert drafts.rules(KUNMING, "1.1.0").ruleset.version == "1.1.0"
    assert drafts.rules(KUNMING, "1.0.0").ruleset.version == "1.0.0"
    loaded = drafts.rules(KUNMING, "1.1.0")
    with office.workbench.database.write() as change:
        account = Account("community", "community", None)
        number = drafts.begin(change, account, "cuihu", loaded, (date(2027, 1, 1), date(2027, 12, 31)))
        found = drafts.find(change.connection, number)
    assert found is not None
    assert found.ruleset_version == "1.1.0"
    assert _document(office, assessment) == before
    assert json.loads(before)["ruleset"]["version"] == "1.0.0"
    page = office.visitor("community").get(f"/rules/{KUNMING}").text
    assert "街道以文件成立领导小组并写明职责" in page


def _document(office: Office, number: int) -> bytes:
    with office.workbench.database.read() as connection:
        row = connection.execute(select(assessments.c.document).where(assessments.c.id == number)).one()
    return gzip.decompress(row.document)


def test_a_published_version_is_a_bundle_that_records_it(office: Office) -> None:
    """The bundle says that it is published on the day, signed with the server's key; only the owner reads the private one."""
    publish(office)
    loaded = rulesets.rules(KUNMING, "1.1.0")
    assert loaded.versions is not None
    listed = loaded.versions.find("1.1.0")
    assert listed is not None
    assert [(one.state, one.on.isoformat()) for one in listed.states] == [
        ("draft", "2026-12-01"),
        ("approved", "2026-12-01"),
        ("published", "2026-12-01"),
    ]
    folder = office.workbench.settings.data / "rules"
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{KUNMING}-1.1.0.duibiao",
        "workbench.pem",
        "workbench.pub",
    ]
    assert (folder / "workbench.pem").stat().st_mode & 0o077 == 0


def test_every_step_stands_in_the_audit_log(office: Office) -> None:
    """Who began, saved, proposed and published is in the log, with the reason."""
    number = publish(office)
    with office.workbench.database.read() as connection:
        rows = connection.execute(
            select(audit.c.login, audit.c.action, audit.c.reason)
            .where(audit.c.object == f"rule_draft:{number}")
            .order_by(audit.c.n)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("officer", "rules.begin", ""),
        ("officer", "rules.save", ""),
        ("officer", "rules.propose", "理顺文字"),
        ("second", "rules.publish", "理顺文字"),
    ]


def test_an_approval_that_was_interrupted_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the bundle was put in place, the draft is still proposed; approved again it is published."""
    number = proposed(office)
    second = office.visitor("second")

    def killed(*_arguments: object, **_values: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_move", killed)
        with pytest.raises(RuntimeError):
            second.post(f"/rules/drafts/{number}/approve", version=2)
    with office.workbench.database.read() as connection:
        assert rule_drafts.find(connection, number).state == "proposed"
    bundle = office.workbench.settings.data / "rules" / f"{KUNMING}-1.1.0.duibiao"
    content = bundle.read_bytes()
    assert second.post(f"/rules/drafts/{number}/reject", version=2, reason="再议").status_code == 409
    assert second.post(f"/rules/drafts/{number}/approve", version=2).status_code == 303
    assert bundle.read_bytes() == content


def test_the_next_draft_begins_from_what_was_published_here(office: Office) -> None:
    """A second revision starts from the first, and its version has to be above it."""
    publish(office)
    officer = office.visitor("officer")
    number = begun(officer)
    assert 'version: "1.1.0"' in text_of(office, number)
    page = officer.post(
        f"/rules/drafts/{number}/check", file="ruleset.yaml", text=text_of(office, number)
    ).text
    assert "没有问题" in page
    text = text_of(office, number).replace('"1.1.0"', '"1.2.0"')
    assert save(officer, office, number, text).status_code == 303
    assert officer.post(f"/rules/drafts/{number}/propose", version=2, reason="编号").status_code == 303
    answer = office.visitor("second").post(f"/rules/drafts/{number}/approve", version=2)
    assert answer.status_code == 303, answer.text
    assert rulesets.versions(KUNMING) == ("1.0.0", "1.1.0", "1.2.0")
    assert set(rulesets.states_of(KUNMING).values()) == {"published"}


def test_the_difference_tells_stricter_and_looser(office: Office) -> None:
    """The table of the revision names the change and its effect, with the changed lines below."""
    officer = office.visitor("officer")
    number = begun(officer)
    save(officer, office, number, stricter(text_of(office, number)))
    page = officer.get(f"/rules/drafts/{number}/diff", part=True).text
    assert "从严" in page
    assert "<html" not in page
    assert "+    - {id: model, title: {zh: 示范, en: Model}, at_least: &#34;95&#34;" in page


def test_the_impact_names_the_units_that_lose(office: Office) -> None:
    """Of what was submitted here it is told who gains, loses and passes."""
    officer = office.visitor("officer")
    number = begun(officer)
    assert "还没有按这套规则提交的申报" in officer.get(f"/rules/drafts/{number}/impact").text
    submitted(office)
    text = text_of(office, number).replace('version: "1.0.0"', 'version: "2.0.0"')
    save(officer, office, number, text.replace('at_least: "90"', 'at_least: "61"'))
    page = officer.get(f"/rules/drafts/{number}/impact", part=True).text
    assert load_submission(MIDDLING).subject.name in page
    assert "新达标" in page


@pytest.mark.parametrize("login", ["officer", "reviewer", "inspector"])
def test_a_replay_is_what_the_command_line_makes(
    office: Office, tmp_path: Path, login: str, lang_env: Callable[[], dict[str, str]]
) -> None:
    """Replayed under another version an assessment is byte for byte that of ``score --rules id@version``."""
    assessment = submitted(office)
    before = _document(office, assessment)
    publish(office)
    visitor = office.visitor(login)
    assert load_submission(MIDDLING).subject.name in visitor.get(f"/rules/{KUNMING}/assessments").text
    answer = visitor.post(f"/rules/replay/{assessment}", version="1.1.0")
    assert answer.status_code == 303, answer.text
    page = visitor.get(answer.headers["location"])
    assert page.status_code == 200
    assert "1.0.0 → 1.1.0" in page.text
    number = int(re.findall(r"/rules/replay/(\d+)", answer.headers["location"])[0])
    stated = tmp_path / "stated.json"
    stated.write_bytes(judging.document_of(load_submission(MIDDLING)))
    made = CliRunner().invoke(
        main,
        [
            "score",
            str(stated),
            "--rules",
            f"{KUNMING}@1.1.0",
            "--format",
            "json",
            "--out",
            str(tmp_path / "out"),
        ],
        env=lang_env(),
    )
    assert made.exit_code in (0, 1), made.output
    files = list((tmp_path / "out").glob("*.json"))
    assert files[0].read_bytes() == _document(office, number)
    assert _document(office, assessment) == before


@pytest.fixture
def lang_env() -> Callable[[], dict[str, str]]:
    """The environment in which the server's rules are found: what another process would be given."""
    return lambda: {name: os.environ[name] for name in ("DUIBIAO_RULES", "DUIBIAO_TRUSTED")}


def _unit(identifier: str, path: str) -> Unit:
    return Unit(identifier, identifier, "province", None, path)


def _without_cases_of(text: str, criterion: str) -> str:
    head, *listed = re.split(r"(?m)^(?=  - name: )", text)
    return head + "".join(one for one in listed if f"criterion: {criterion}\n" not in one)


def _publish_as_it_is(office: Office, number: int) -> None:
    """The draft as a published bundle, whatever its cases say."""
    with office.workbench.database.read() as connection:
        draft = rule_drafts.find(connection, number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "faults", lambda *_: [])
        patch.setattr(publishing, "version_problems", lambda *_: [])
        made = publishing.bundle_of(office.workbench, draft, None)
    publishing._put(publishing._path(office.workbench, draft), made)
    rulesets.forget()


def test_signed_reviews_are_replayed_where_they_fit(office: Office) -> None:
    """What was established is taken over; what was decided of a criterion that is judged otherwise is left out, and said."""
    self_check = submitted(office)
    review = {
        "review": 1,
        "submission": {"id": "cuihu-an"},
        "ruleset": {"id": KUNMING, "version": "1.0.0"},
        "stage": "inspection",
        "reviewer": {"role": "provincial_inspector", "unit": "云南省民族宗教事务委员会", "number": "0042"},
        "date": "2026-01-10",
        "method": "on_site",
        "decisions": [
            {"criterion": "km-1-1", "outcome": "satisfied", "reason": "现场核实"},
            {"criterion": "km-0-3", "outcome": "satisfied", "reason": "现场核实"},
        ],
    }
    with office.workbench.database.write() as change:
        old = replaying.within_reach(
            change.connection, self_check, Account("inspector", "inspector", _unit("yn", "/yn/"))
        )
        text = json.dumps(review, ensure_ascii=False)
        change.execute(
            insert(reviews).values(
                submission=old.draft.id,
                stage="inspection",
                state="signed",
                login="inspector",
                opened_at=change.now,
                signed_at=change.now,
                document=text,
            )
        )
        loaded = rulesets.rules(KUNMING, "1.0.0")
        found = judging.received(old.draft, None)
        document = judging.assessment_of(loaded, found, reviews=(Review.model_validate(review),))
        reviewed = judging.keep(change, old.draft, Doer("inspector", "inspector"), document, "review")
        change.tell(Doer("inspector", "inspector"), Deed("review.sign", "review:1"))
    inspector = office.visitor("inspector")
    answer = inspector.post(f"/rules/replay/{reviewed}", version="1.0.0", reviewed="true")
    number = int(re.findall(r"replay/(\d+)", answer.headers["location"])[0])
    assert _document(office, number) == _document(office, reviewed)
    officer = office.visitor("officer")
    draft = begun(officer)
    check = "{kind: document, documents: street_leading_group_document, state: in_force}"
    changed = (
        text_of(office, draft)
        .replace('version: "1.0.0"', 'version: "2.0.0"')
        .replace(check, check.replace("state: in_force", "state: issued"))
    )
    save(officer, office, draft, changed)
    cases = text_of(office, draft, "cases.yaml")
    save(officer, office, draft, _without_cases_of(cases, "km-1-1"), "cases.yaml")
    # Published past the check: what matters here is what is replayed.
    _publish_as_it_is(office, draft)
    answer = inspector.post(f"/rules/replay/{reviewed}", version="2.0.0", reviewed="true")
    assert answer.status_code == 303, answer.text
    page = inspector.get(answer.headers["location"]).text
    assert "没有沿用：km-1-1" in page
    made = json.loads(_document(office, int(re.findall(r"replay/(\d+)", answer.headers["location"])[0])))
    assert made["stage"] == "inspection"
    assert made["ruleset"]["version"] == "2.0.0"
    assert len(made["reviews"]) == 1


@pytest.mark.parametrize(
    ("login", "status"),
    [("elsewhere", 404), ("community", 403), ("street", 403), ("sysadmin", 403), ("audit", 403)],
)
def test_nobody_else_replays(office: Office, login: str, status: int) -> None:
    """A reviewer of other units finds nothing; who neither reviews nor keeps the rules gets 403."""
    assessment = submitted(office)
    visitor = office.visitor(login)
    assert visitor.post(f"/rules/replay/{assessment}", version="1.0.0").status_code == status
    assert visitor.get(f"/rules/replay/{assessment}?of={assessment}").status_code == status


def test_an_unknown_version_is_not_replayed(office: Office) -> None:
    """A version that there is not is 404, whatever it looks like."""
    assessment = submitted(office)
    officer = office.visitor("officer")
    for version in ("9.9.9", "../../etc", ""):
        assert officer.post(f"/rules/replay/{assessment}", version=version).status_code in (404, 422)


def test_what_came_with_an_older_program_is_still_there(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed versions are kept: after an upgrade that brings other rules, an old assessment can be made again."""
    assessment = submitted(office)
    publishing.keep_installed(office.workbench)
    newer = tmp_path / "newer"
    shutil.copytree("rules", newer)
    path = newer / KUNMING / "ruleset.yaml"
    path.write_text(path.read_text().replace('version: "1.0.0"', 'version: "3.0.0"'))
    (newer / KUNMING / "versions.yaml").unlink()
    monkeypatch.setattr("evaluator.loading.resolving.RULES", newer)
    monkeypatch.setattr("workbench.rulesets.RULES", newer)
    rulesets.forget()
    assert rulesets.versions(KUNMING) == ("1.0.0", "3.0.0")
    answer = office.visitor("officer").post(f"/rules/replay/{assessment}", version="1.0.0")
    number = int(re.findall(r"replay/(\d+)", answer.headers["location"])[0])
    assert _document(office, number) == _document(office, assessment)
    rulesets.forget()


def test_a_version_is_published_in_either_database(either: Province) -> None:
    """SQLite and PostgreSQL take a draft from its beginning to its publication."""
    policy, other = either.client("policy"), either.client("policy2")
    at = policy.post(f"/rules/{KUNMING}/drafts").headers["location"]
    text = raised((Path("rules") / KUNMING / "ruleset.yaml").read_text())
    saved = policy.post(f"{at}/save", data={"file": "ruleset.yaml", "text": text, "version": 1})
    assert saved.status_code == 303
    stale = other.post(f"{at}/save", data={"file": "ruleset.yaml", "text": text + "#", "version": 1})
    assert stale.status_code == 409
    assert policy.post(f"{at}/propose", data={"version": 2, "reason": "理顺文字"}).status_code == 303
    assert policy.post(f"{at}/approve", data={"version": 2}).status_code == 403
    answer = other.post(f"{at}/approve", data={"version": 2, "document": "云民宗〔2026〕1号"})
    assert answer.status_code == 303, answer.text
    assert rulesets.newest(KUNMING) == "1.1.0"
    assert other.get(f"{at}/impact").status_code == 200
    assert either.client("inspector").get(f"/rules/{KUNMING}/assessments").status_code == 200
    begun_ = either.client("community").get("/submissions/new")
    assert begun_.status_code == 200


def test_completion_offers_keys_choices_and_identifiers(office: Office) -> None:
    """Behind what was typed stand keys of the schema, its choices, items of the catalogue and their parts."""
    officer = office.visitor("officer")
    number = begun(officer)
    text = text_of(office, number)
    line = text[: text.index("check: {kind: document, documents: model_community")].count("\n") + 1
    at = f"/rules/drafts/{number}/completion"

    def offered(prefix: str, **more: str | int) -> str:
        answer = officer.client.get(
            at, params={"file": "ruleset.yaml", "line": line, "prefix": prefix, **more}
        )
        assert answer.status_code == 200
        return answer.text

    assert 'data-text="document"' in offered("        check: {kind: doc")
    assert 'data-text="model_community_application"' in offered(
        "        check: {kind: document, documents: mod"
    )
    page = offered("        check: {kind: document, documents: model_community_application, contains: [si")
    assert 'data-text="single_pilot"' in page
    assert 'data-text="level: "' in offered("        lev")
    assert "应：必须做到" in offered("        level: ")
    assert 'data-text="三"' in offered("        clause: ")
    # The lines that enclose it may be those of a text that was not saved yet.
    assert 'data-text="subject: "' in offered("sub", above="")
    assert officer.get(f"{at}?file=../secret").status_code == 404


def test_what_encloses_a_line_is_indented_less() -> None:
    """Entries of a list at the depth of its key are found, too; comments enclose nothing."""
    text = "cases:\n- name: a\n  # given: x\n  expect:\n    outcome: x\n"
    assert enclosing(text, 5) == ["cases:", "- name: a", "  expect:"]
    found = suggestions(
        "cases.yaml", enclosing(text, 5), "    out", Known(rulesets_catalogue(), {}, {}), "en"
    )
    assert found[0].text == "outcome: "


def rulesets_catalogue():
    """The installed catalogue."""
    from evaluator.loading import shared_catalogue

    return shared_catalogue()


def test_an_own_item_of_evidence_is_added(office: Office) -> None:
    """A draft may declare evidence of its own; emptied, the file is gone."""
    officer = office.visitor("officer")
    number = begun(officer)
    own = "catalogue: 1\nstatements: {}\n"
    assert save(officer, office, number, own, "catalogue.yaml").status_code == 303
    assert text_of(office, number, "catalogue.yaml") == own
    assert save(officer, office, number, "\n", "catalogue.yaml").status_code == 303
    with office.workbench.database.read() as connection:
        assert "catalogue.yaml" not in rule_drafts.find(connection, number).files


def test_a_closed_server_leaves_the_environment_as_it_was(tmp_path: Path) -> None:
    """Where nothing named a folder of rules or of keys before, nothing does after."""
    before = {name: os.environ.get(name) for name in ("DUIBIAO_RULES", "DUIBIAO_TRUSTED")}
    first = rulesets.Library(tmp_path / "a")
    second = rulesets.Library(tmp_path / "b")
    assert os.environ["DUIBIAO_RULES"].startswith(str((tmp_path / "b").resolve()))
    first.close()
    second.close()
    assert {name: os.environ.get(name) for name in before} == before
