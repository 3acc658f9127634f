"""Who sees which page: deny by default, proved for every page and every role."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from tests.workbench.province import ACCOUNTS, Province, begin, went_well
from workbench.app import needs_of, pages
from workbench.permissions import MAY, ROLES, Permission

BY_ROLE = {role: login for login, (role, _) in reversed(ACCOUNTS.items())}
_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


def routes(_server: Province) -> list[tuple[str, str, str]]:
    """Every page: its method, path with something in each place, and what it demands."""
    found = []
    for route in pages():
        needs = needs_of(route)
        assert needs is not None, route.path
        path = _PARAMETER.sub(lambda one: "1", route.path)
        found += [(method, path, needs.access) for method in sorted(route.methods)]
    return found


def test_every_page_says_whom_it_is_for(server: Province):
    """There is no page without a statement of who may see it."""
    listed = routes(server)
    assert len(listed) > 35
    assert {access for _, _, access in listed} <= {*get_args(Permission), "nothing", "session"}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "local"])
def test_each_other_role_is_refused(server: Province, role: str):
    """A page that the role does not have answers 403, whatever is asked of it; never a page, never an error."""
    browser = server.client(BY_ROLE[role])
    refused = 0
    for method, path, access in routes(server):
        if access in ("nothing", "session") or access in MAY[role]:
            continue
        answer = browser.request(method, path)
        assert answer.status_code == 403, (method, path, answer.status_code)
        refused += 1
    assert refused > 5


def test_whoever_is_not_signed_in_sees_nothing(server: Province):
    """Every page but those for anybody sends to the sign-in, or says 401."""
    browser = server.client(None)
    for method, path, access in routes(server):
        if access == "nothing":
            continue
        answer = browser.request(method, path, headers={"accept": "text/html"})
        assert answer.status_code in (303, 401), (method, path, answer.status_code)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("login", ["neighbour", "street", "other-district"])
def test_a_submission_of_others_is_not_there(server: Province, login: str):
    """Neither a neighbouring community nor its street nor another district can see that there is one."""
    community = server.client("community")
    path = begin(community)
    other = server.client(login)
    for each in ("", "/results", "/standing", "/form/counts", "/package.zip", "/assessment.json", "/files/1"):
        assert other.get(path + each).status_code in (403, 404), each
    assert other.post(
        f"{path}/cells", data={"sheet": "counts", "row": 0, "key": "now", "value": "1"}
    ).status_code in (403, 404)


@pytest.mark.parametrize("login", ["street-review", "district-review", "inspector"])
def test_reviewers_see_what_was_submitted_and_no_draft(server: Province, login: str):
    """While it is being filled in, a submission is its community's own."""
    community = server.client("community")
    path = begin(community)
    reviewer = server.client(login)
    assert reviewer.get(path).status_code == 404
    community.post(f"{path}/cells", data={"sheet": "counts", "row": 0, "key": "now", "value": "6"})
    went_well(community.post(f"{path}/submit", data={"version": 2, "declared": "true"}))
    assert reviewer.get(path).status_code == 200
    assert server.client("other-district").get(path).status_code == 404


def test_administrators_see_no_submission(server: Province):
    """None of the three has a page on which anything submitted stands."""
    path = begin(server.client("community"))
    for login in ("sysadmin", "secadmin", "audadmin"):
        assert server.client(login).get(path).status_code == 403


def test_the_three_administrators_are_apart(server: Province):
    """No permission of one is another's."""
    system, security, audit = (MAY[role] for role in ("system_admin", "security_admin", "audit_admin"))
    assert not system & security
    assert not system & audit
    assert not security & audit


def test_a_new_account_can_do_nothing_before_it_has_a_role(server: Province):
    """The system administrator makes it, the security administrator says what it may do."""
    admin = server.client("sysadmin")
    made = went_well(admin.post("/administration/accounts", data={"login": "new-desk", "unit": "cuihu-dong"}))
    link = re.search(r"/link/[\w-]+", made.text)[0]
    browser = server.client(None)
    password = {"password": "correct-horse-battery", "again": "correct-horse-battery"}
    assert "还没有角色" in browser.post(link, data=password).text
    sign_in = {"login": "new-desk", "password": "correct-horse-battery"}
    assert browser.post("/sign-in", data=sign_in).status_code == 401
    security = server.client("secadmin")
    refused = security.post("/security/new-desk/role", data={"role": "inspector", "reason": "试"})
    assert refused.status_code == 422
    went_well(security.post("/security/new-desk/role", data={"role": "community", "reason": "新设填报岗"}))
    assert browser.post("/sign-in", data=sign_in).status_code == 303


def test_nobody_gives_themselves_a_role(server: Province):
    """The security administrator cannot change their own."""
    security = server.client("secadmin")
    assert (
        security.post("/security/secadmin/role", data={"role": "audit_admin", "reason": "试"}).status_code
        == 403
    )


def test_only_the_first_administrators_are_made_by_the_system_administrator(server: Province):
    """Where there is a security administrator, another is not made that way."""
    answer = server.client("sysadmin").post(
        "/administration/administrators", data={"login": "sec-two", "role": "security_admin"}
    )
    assert answer.status_code == 422


def test_many_units_are_added_at_once_or_none(server: Province):
    """A list with a fault says in which lines, and adds nothing; mended, all are there."""
    admin = server.client("sysadmin")
    bad = "x1,一号社区,社区,cuihu\nx2,二号社区,社区,nix\nX3,三号社区,省,cuihu"
    refused = admin.post("/administration/units/list", data={"lines": bad})
    assert refused.status_code == 422
    for told in ("第 2 行", "第 3 行"):
        assert told in refused.text
    assert "一号社区" not in admin.get("/administration").text
    went_well(
        admin.post(
            "/administration/units/list",
            data={"lines": "x1\t一号社区\t社区\tcuihu\nx2\t二号社区\t社区\tcuihu"},
        )
    )
    assert "二号社区" in admin.get("/administration").text


def test_a_login_is_no_number_of_a_person(server: Province):
    """A telephone number is no login name."""
    refused = server.client("sysadmin").post(
        "/administration/accounts", data={"login": "a13812345678", "unit": ""}
    )
    assert refused.status_code == 422


def test_a_link_for_somebody_with_a_role_locks_the_account(server: Province):
    """Whoever keeps accounts does not come into another's role: the security administrator has to open it again."""
    admin = server.client("sysadmin")
    made = went_well(admin.post("/administration/accounts/inspector/link"))
    link = re.search(r"/link/[\w-]+", made.text)[0]
    browser = server.client(None)
    password = {"password": "correct-horse-battery", "again": "correct-horse-battery"}
    assert browser.post(link, data=password).status_code == 200
    sign_in = {"login": "inspector", "password": "correct-horse-battery"}
    assert browser.post("/sign-in", data=sign_in).status_code == 401
    unlocked = {"reason": "当面核实", "locked": "false"}
    went_well(server.client("secadmin").post("/security/inspector/lock", data=unlocked))
    assert browser.post("/sign-in", data=sign_in).status_code == 303


def test_the_last_security_administrator_gets_no_link(server: Province):
    """Nobody could unlock it."""
    refused = server.client("sysadmin").post("/administration/accounts/secadmin/link")
    assert refused.status_code == 409
    assert "最后一名安全管理员" in refused.text
