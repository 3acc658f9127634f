"""A community's self-check in a real browser: from nothing to submission, with files."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.workbench.browsing import SIZES, Visitor, serving
from tests.workbench.test_submitting import photograph


def test_a_self_check_from_nothing_to_submission(browser: Browser, tmp_path: Path):
    """On one's own machine: say who it is, choose, fill in, drop a picture, see where it stands, submit."""
    with serving(tmp_path / "data", "--local") as (address, said):
        assert "链接" not in said
        visitor = Visitor(browser, address)
        begin_here(visitor)
        state_figures(visitor)
        state_an_event(visitor)
        visitor.page.reload()
        title = visitor.page.locator(".field[data-key=title] input:not([type=hidden])").first
        expect(title).to_have_value("民族政策宣传")
        visitor.go("/submissions/1/results")
        expect(visitor.page.get_by_role("heading", name="自查结果")).to_be_visible()
        visitor.looks_well()
        submit_it(visitor)
        visitor.close()


def begin_here(visitor: Visitor) -> None:
    """Say who fills in, and choose the standard and the period."""
    page = visitor.go("/")
    visitor.looks_well()
    page.fill("[name=name]", "翠湖岸社区")
    page.fill("[name=identifier]", "cuihu-an")
    for n, name in enumerate(("云南省", "昆明市", "盘龙区")):
        page.locator("[name=region]").nth(n).fill(name)
    page.click("text=下一步")
    page.check("[value=kunming-model-community]")
    page.fill("[name=first]", "2025-01-01")
    page.fill("[name=last]", "2025-12-31")
    visitor.looks_well()
    page.click("text=开始填写")
    expect(page.locator(".figures")).to_be_visible()
    visitor.looks_well()


def state_figures(visitor: Visitor) -> None:
    """Type figures: what was read is said at once, what concerns a person is refused, Enter goes on."""
    page = visitor.page
    page.click("text=数据")
    first = page.locator(".field[data-key=now] input:not([type=hidden])").first
    first.fill("6个")
    expect(page.locator(".said.read").first).to_have_text("读作：6")
    expect(page.locator("[data-state]")).to_have_text("已保存")
    first.press("Enter")
    expect(page.locator(".field[data-key=before] input:not([type=hidden])").first).to_be_focused()
    source = page.locator(".field[data-key=source] input:not([type=hidden])").first
    source.fill("联系人电话 13812345678")
    expect(page.locator(".said.bad").first).to_contain_text("电话号码")
    source.fill("社区统计台账")
    expect(page.locator(".said.bad")).to_have_count(0)
    expect(page.locator("[data-state]")).to_have_text("已保存")


def state_an_event(visitor: Visitor) -> None:
    """State an event with a picture, and ask for another entry."""
    page = visitor.page
    page.click("text=活动会议")
    entry = page.locator(".entry").first
    entry.locator("[type=date]").fill("2025-05-20")
    entry.locator(".field[data-key=title] input:not([type=hidden])").fill("民族政策宣传")
    expect(page.locator("[data-state]")).to_have_text("已保存")
    picture = {"name": "宣传照片.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    entry.locator("input[type=file]").set_input_files(picture)
    expect(entry.get_by_role("link", name="宣传照片.jpg")).to_be_visible()
    before = page.locator(".entry").count()
    page.locator("text=再加一条").first.click()
    expect(page.locator(".entry")).to_have_count(before + 1)


def submit_it(visitor: Visitor) -> None:
    """Declare, submit, and take the package home."""
    page = visitor.go("/submissions/1/submit")
    visitor.looks_well()
    page.check("[name=declared]")
    page.click("main button:has-text('提交')")
    expect(page.locator(".badge").first).to_have_text("已提交，待复核")
    with page.expect_download() as download:
        page.click("text=提交的全部内容和附件")
    assert download.value.suggested_filename == "cuihu-an.kunming-model-community.zip"
    visitor.looks_well()


def test_a_file_that_is_dropped_belongs_to_its_entry(browser: Browser, demo: str):
    """Dragged onto an entry, a picture appears there with its name; a program is refused there in words."""
    visitor = Visitor(browser, demo)
    page = visitor.sign_in("community")
    page = visitor.go("/submissions/4/form/events")
    drop = """async ([selector, name, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], name));
        const zone = document.querySelector(selector);
        for (const kind of ["dragenter", "dragover", "drop"]) {
            zone.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
        }
    }"""
    zone = ".drop[data-row='0']"
    page.evaluate(drop, [zone, "拖入的照片.jpg", list(photograph())])
    expect(page.locator(zone).get_by_role("link", name="拖入的照片.jpg")).to_be_visible()
    page.evaluate(drop, [zone, "程序.exe", list(b"MZ" + b"\0" * 64)])
    expect(page.locator(f"{zone} .problems")).to_contain_text("程序.exe")
    visitor.looks_well()
    visitor.close()


def test_two_people_see_each_other(browser: Browser, demo: str):
    """Whoever saves late is shown what the other wrote, and may put their own in its place."""
    one, other = Visitor(browser, demo), Visitor(browser, demo)
    for visitor in (one, other):
        visitor.sign_in("community")
        visitor.go("/submissions/4/form/counts")
    field = ".field[data-key=source] input:not([type=hidden]) >> nth=5"
    one.page.locator(field).fill("一号台账")
    expect(one.page.locator("[data-state]")).to_have_text("已保存")
    other.page.locator(field).fill("二号台账")
    said = other.page.locator(".said.bad").first
    expect(said).to_contain_text("一号台账")
    said.get_by_role("button", name="仍用我的").click()
    expect(other.page.locator("[data-state]")).to_have_text("已保存")
    one.page.reload()
    expect(one.page.locator(field)).to_have_value("二号台账")
    one.close()
    other.close()


def test_without_the_server_nothing_typed_is_lost(browser: Browser, demo: str):
    """While the server cannot be reached the page says so and keeps trying; then it is saved."""
    visitor = Visitor(browser, demo)
    visitor.sign_in("community")
    page = visitor.go("/submissions/4/form/counts")
    page.route("**/cells", lambda route: route.abort())
    field = page.locator(".field[data-key=source] input:not([type=hidden])").nth(7)
    field.fill("三号台账")
    expect(page.locator("[data-state]")).to_contain_text("还没有保存")
    page.unroute("**/cells")
    expect(page.locator("[data-state]")).to_have_text("已保存", timeout=15_000)
    page.reload()
    expect(field).to_have_value("三号台账")
    visitor.close()


@pytest.mark.parametrize(("size", "lang"), [("phone", "zh"), ("desktop", "en")])
def test_every_page_of_a_community_looks_well(browser: Browser, demo: str, size: str, lang: str):
    """On a telephone and in English: axe finds nothing, and nothing is wider than the window (Chinese at a desk: above)."""
    assert size in SIZES
    visitor = Visitor(browser, demo, size, lang)
    visitor.sign_in("community")
    pages = ["", "/form/counts", "/results", "/submit"]
    pages += ["/form/documents", "/form/statements"] if size == "phone" else []
    for path in ["/submissions", "/history/cuihu-an", *(f"/submissions/4{one}" for one in pages)]:
        visitor.go(path)
        visitor.looks_well()
    visitor.close()


def test_a_form_can_be_filled_by_keyboard_alone(browser: Browser, demo: str):
    """Tab and Enter reach every field, and the focus is always to be seen."""
    visitor = Visitor(browser, demo)
    visitor.sign_in("community")
    page = visitor.go("/submissions/4/form/statements")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    seen = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        active = page.evaluate(
            "(() => { const one = document.activeElement; const style = getComputedStyle(one);"
            " return [one.tagName, one.name || one.textContent.trim(), style.outlineStyle]; })()"
        )
        assert active[2] != "none", active
        seen.add(active[0])
    assert {"INPUT", "A"} <= seen
    visitor.close()


def test_printed_pages_leave_the_menus_out(browser: Browser, demo: str):
    """On paper neither menu nor button is shown, and the four figures are."""
    visitor = Visitor(browser, demo)
    visitor.sign_in("community")
    page = visitor.go("/submissions/4/results")
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".figures")).to_be_visible()
    visitor.close()
