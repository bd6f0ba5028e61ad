"""The main job in a real browser, against a served application, in both languages."""

from __future__ import annotations

import contextlib
import ctypes.util
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[2] / "webapp/node_modules/axe-core/axe.min.js"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.is_file():
        pytest.skip("no /usr/bin/chromium here: apt-get install chromium")
    if ctypes.util.find_library("atomic") is None:
        pytest.skip("playwright needs libatomic: apt-get install libatomic1")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="pip install playwright"
    )
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    import waitress

    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)

    def serve() -> None:
        # It is closed below while it waits for a request.
        with contextlib.suppress(OSError):
            server.run()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


def _log_in(
    browser: Browser, address: str, language: str, *, width: int, scripts: bool = True
) -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    page.set_default_timeout(60_000)
    page.goto(f"{address}/login?lang={language}")
    page.fill("#name", "researcher")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    return page


def _fill_in(page: Page, title: str, value: str) -> None:
    heading = page.get_by_role("heading", name=title)
    cause = page.locator("details.cause", has=heading).first
    for fold in ("details.rest", f"#{cause.get_attribute('id')}"):
        page.eval_on_selector_all(fold, "all => all.forEach(one => one.open = true)")
    field = cause.locator("[name=value]").first
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(label=value)
    else:
        field.fill(value)
    cause.get_by_role("button", name="Correct").click()
    page.locator(".notice.good", has_text="Corrected").wait_for()


def test_from_import_result_to_publish_page(browser, address, tmp_path):
    page = _log_in(browser, address, "en", width=1200)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.get_by_role("link", name="nuclei-widefield").click()
    page.wait_for_url("**/collection/nuclei-widefield")  # whole, not its first bytes
    assert page.locator(".grid img").count() == 18
    page.screenshot(path=tmp_path / "1-import-result.png")
    page.get_by_role("link", name="Publication sets").first.click()
    page.get_by_role("link", name="Nuclei", exact=True).click()
    page.get_by_role("link", name="3 Check").click()
    before = int(page.locator(".path [aria-current] .mark").inner_text().split()[0])
    page.screenshot(path=tmp_path / "2-points.png")
    text = "Nuclei of cultured cells under two microscopes, a sample study."
    _fill_in(page, "Describe the study", text)
    _fill_in(page, "Name an author", "Camille Practice")
    _fill_in(page, "Name the imaging method", "fluorescence microscopy")
    page.screenshot(path=tmp_path / "3-corrected.png")
    after = int(page.locator(".path [aria-current] .mark").inner_text().split()[0])
    assert after <= before - 3
    page.get_by_role("link", name="4 Publish").click()
    page.get_by_role("link", name="See what would be sent").first.click()
    assert "Camille" in page.locator("pre").first.inner_text()
    page.go_back()
    # a set that is stopped offers its points, not the second step
    assert page.get_by_role("link", name="Points to fix").count() >= 1
    page.goto(f"{address}/set/demo/publish/datacite")
    page.wait_for_selector("h2:has-text('This archive would refuse it')")
    page.screenshot(path=tmp_path / "4-publish.png")
    page.close()
    assert problems == []
    assert len(list(tmp_path.glob("*.png"))) == 4


def test_the_pages_work_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/login?lang=fr")
    page.fill("#name", "researcher")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.goto(f"{address}/collection/nuclei-widefield")
    page.fill("#search", "field_03")
    page.click("main [role=search] button")
    page.wait_for_url("**search=field_03*")  # the whole page, not its first bytes
    page.locator(".grid img").first.wait_for(state="attached")
    assert page.locator(".grid img").count() == 1
    page.close()


@pytest.mark.parametrize("width", [1200, 400])
def test_no_page_is_wider_than_the_window(browser, address, width):
    page = _log_in(browser, address, "fr", width=width)
    for url in ("/", "/collection/nuclei-widefield", "/set/demo/points", "/query"):
        page.goto(address + url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, address, workspace, scheme):
    if not AXE.is_file():
        pytest.skip("no axe-core here: npm install in webapp/")
    page = _log_in(browser, address, "en", width=1200)
    page.emulate_media(color_scheme=scheme)
    image = workspace.names("image")[0]
    for url in (
        "/",
        "/collection/nuclei-widefield",
        "/collection/nuclei-widefield?microscope=widefield-1",
        "/images?look=table",
        "/set/demo",
        "/set/demo/add",
        "/set/demo/describe",
        "/set/demo/points",
        "/set/demo/corrections",
        "/set/demo/corrections/form",
        "/set/demo/questions",
        "/set/demo/methods",
        "/set/demo/publications",
        "/set/demo/publish/datacite",
        f"/image/{image}",
        "/query",
        "/set/nope",
    ):
        page.goto(address + url)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then(result => result.violations)")
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
        assert told == [], url
    page.close()


WORDS = {
    "en": {"make": "Create set", "with": "with 2 images", "out": "taken out"},
    "fr": {"make": "Créer le jeu", "with": "avec 2 images", "out": "retirée"},
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scripts", [True, False])
def test_two_images_of_a_search_become_a_set_of_two(
    browser, address, language, scripts
):
    page = _log_in(browser, address, language, width=1280, scripts=scripts)
    page.goto(f"{address}/collection/nuclei-widefield")
    page.fill("#search", "nocodazole")
    page.click("main [role=search] button")
    page.wait_for_url("**search=nocodazole*")
    page.locator(".pick").nth(8).wait_for()
    page.locator(".pick").nth(9).wait_for(state="detached")
    # what htmx has put in answers to clicks only once all is quiet
    page.wait_for_load_state("networkidle")
    for number in (0, 1):
        page.locator(".pick").nth(number).check()
    page.fill("#set-name", "chosen")
    page.get_by_role("button", name=WORDS[language]["make"]).click()
    page.wait_for_url("**/set/chosen*")
    assert WORDS[language]["with"] in page.locator(".notice.good").inner_text()
    assert page.locator(".pick").count() == 2
    page.locator(".pick").first.check()
    page.locator("button[value=remove]").click()
    page.wait_for_url("**corrected=*")
    assert WORDS[language]["out"] in page.locator(".notice.good").inner_text()
    assert page.locator(".pick").count() == 1
    page.locator("form[action$='/images/undo'] button").click()
    page.locator(".pick").nth(1).wait_for()
    page.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scripts", [True, False])
def test_an_error_in_the_table_of_corrections_stands_at_its_cell(
    browser, address, language, scripts
):
    page = _log_in(browser, address, language, width=1280, scripts=scripts)
    page.goto(f"{address}/set/demo/corrections/form")
    page.locator(".fill input").first.fill("confocal microscopy")
    page.locator("button[value^='all:']").first.click()
    cells = page.locator("tbody input[value='confocal microscopy']")
    cells.nth(19).wait_for()
    wrong = page.locator("tbody input[inputmode=decimal]").first
    cell = wrong.get_attribute("id")
    wrong.fill("three")
    page.locator(".actions button[value=preview]").click()
    page.locator(f"#{cell}-error").wait_for()
    assert page.input_value(f"#{cell}") == "three"
    assert page.locator(f"#errors a[href='#{cell}']").count() == 1
    page.fill(f"#{cell}", "")
    page.locator(".actions button[value=preview]").click()
    page.locator("input[name=chosen]").first.wait_for()
    page.locator("form:has(input[name=chosen]) .actions button").first.click()
    page.wait_for_url("**corrected=*")
    assert page.locator(".notice.good").count() > 0
    page.close()
