"""In a real browser: an inspector's review to a signed scorecard, a rule change from draft to publication, who is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.workbench.browsing import COMMAND, SIZES, Visitor

KUNMING = "kunming-model-community"


def test_a_review_to_a_signed_scorecard(browser: Browser, demo: str, tmp_path: Path):
    """Open the stage, go from criterion to criterion by keys, decide with a reason, sign; the PDF verifies."""
    visitor = Visitor(browser, demo)
    page = visitor.sign_in("inspector")
    page.click("text=翠湖东社区")
    page.fill("[name=staff_number]", "YS-01")
    page.fill("[name=day]", "2026-01-15")
    page.click("button:has-text('开始')")
    visitor.looks_well()
    page.locator("td a").first.click()
    expect(page.locator("h1")).to_contain_text("为居民办实事")
    expect(page.locator(".evidence, .help").first).to_be_visible()
    visitor.looks_well()
    page.keyboard.press("d")
    expect(page.locator("select[name=outcome]")).to_be_focused()
    page.select_option("select[name=outcome]", "satisfied")
    form = page.locator("form:has(select[name=outcome])")
    form.locator("textarea[name=reason]").fill("现场核实，办理记录齐全")
    form.locator("button").first.click()
    expect(page.locator("main")).to_contain_text("现场核实，办理记录齐全")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    expect(page.locator("h1")).not_to_contain_text("为居民办实事")
    # A picture lies beside the criterion that it proves.
    expect(page.locator("main img").first).to_be_visible()
    visitor.go("/inspection/1/differences")
    visitor.looks_well()
    visitor.go("/inspection/1/sign")
    visitor.looks_well()
    page.check("[name=declared]")
    page.set_default_timeout(60_000)
    page.click("button:has-text('签发')")
    with page.expect_download() as download:
        page.locator("a[href*='scorecard.pdf']").first.click()
    scorecard = tmp_path / "scorecard.pdf"
    download.value.save_as(scorecard)
    verified = subprocess.run(
        [COMMAND, "verify", scorecard, "--lang", "zh"], capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr
    visitor.go("/ranking")
    expect(page.locator("main")).to_contain_text("翠湖东社区")
    visitor.looks_well()
    visitor.close()


def test_a_rule_change_from_draft_to_publication(browser: Browser, demo: str):
    """Edited with live checking, its impact on what was submitted seen, proposed; another officer approves it."""
    officer, other = Visitor(browser, demo), Visitor(browser, demo)
    page = officer.sign_in("policy")
    page.locator(f"form[action='/rules/{KUNMING}/drafts'] button").click()
    text = page.locator("#text")
    original = text.input_value()
    text.fill(original.replace("at_least:", "at_leest:", 1))
    expect(page.locator("#found")).to_contain_text("at_leest")
    officer.looks_well()
    text.fill(
        original.replace('version: "1.0.0"', 'version: "2.0.0"').replace('at_least: "90"', 'at_least: "99"')
    )
    expect(page.locator("#found")).not_to_contain_text("at_leest")
    page.click("#save")
    path = page.url.removeprefix(demo).partition("?")[0]
    officer.go(f"{path}/diff")
    expect(page.locator("main")).to_contain_text("99")
    officer.looks_well()
    officer.go(f"{path}/impact")
    expect(page.locator("main")).to_contain_text("翠湖")
    officer.looks_well()
    officer.go(path)
    # What was looked at only would need other cases: a wording goes out.
    raised = original.replace('version: "1.0.0"', 'version: "1.1.0"')
    text.fill(raised.replace("街道以文件成立领导小组，写明职责", "街道以文件成立领导小组并写明职责"))
    page.click("#save")
    page.locator("form[action$=propose] textarea[name=reason]").fill("达标线调高，试行一年")
    page.click("form[action$=propose] button")
    expect(page.locator("form[action$=approve]")).to_have_count(0)
    theirs = other.sign_in("policy-two")
    other.go(path)
    other.looks_well()
    theirs.click("form[action$=approve] button")
    other.go("/rules")
    expect(theirs.locator("main")).to_contain_text("1.1.0")
    other.looks_well()
    officer.close()
    other.close()


ELSEWHERE = {
    "community": "/inspection",
    "street": "/rules/drafts/1",
    "street-review": "/administration",
    "district-review": "/security",
    "inspector": "/submissions/new",
    "policy": "/inspection",
    "sysadmin": "/audit",
    "secadmin": "/administration",
    "audadmin": "/security",
}


@pytest.mark.parametrize(("login", "path"), ELSEWHERE.items())
def test_each_role_is_refused_where_it_should_be(browser: Browser, demo: str, login: str, path: str):
    """A page of another role says so in words; the account's own menu stays."""
    visitor = Visitor(browser, demo)
    page = visitor.sign_in(login)
    visitor.looks_well()
    visitor.go(path)
    expect(page.locator("h1")).to_have_text("您的角色不能做这件事")
    expect(page.locator("nav")).to_be_visible()
    visitor.looks_well()
    visitor.close()


PAGES = {
    "inspector": ("/inspection", "/inspection/2", "/inspection/sampling", "/ranking", f"/rules/{KUNMING}"),
    "policy": ("/rules", f"/rules/{KUNMING}/assessments"),
    "sysadmin": ("/administration", "/system"),
    "secadmin": ("/security",),
    "audadmin": ("/audit", "/audit/verify"),
}


@pytest.mark.parametrize(
    ("login", "size", "lang"),
    [
        ("inspector", "phone", "zh"),
        ("policy", "desktop", "en"),
        ("sysadmin", "phone", "en"),
        ("secadmin", "phone", "zh"),
        ("audadmin", "desktop", "en"),
    ],
)
def test_the_pages_of_each_role_look_well(browser: Browser, demo: str, login: str, size: str, lang: str):
    """On a telephone or in English: axe finds nothing, and nothing is wider than the window."""
    assert size in SIZES
    visitor = Visitor(browser, demo, size, lang)
    visitor.sign_in(login)
    for path in PAGES[login]:
        visitor.go(path)
        visitor.looks_well()
    visitor.close()
