"""Long records stay pages that a person can look over, on a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.web.large_microscope import write_large_microscope
from tests.web.test_browser import address, browser

from fair_imagic.workflow.microscopes import instruments
from fair_imagic_web.service import EXTENSION

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["address", "browser"]

pytestmark = pytest.mark.browser

MOST = {1280: 4000, 390: 8000}
PASSWORD = "correct horse battery"


@pytest.fixture
def large(app: Any, study_home: Path, tmp_path: Path) -> str:
    """The page of a microscope of more than sixty parts."""
    (model,) = (study_home.parent / "study").rglob("*widefield*.json")
    path = write_large_microscope(model, tmp_path)
    instruments.import_file(app.extensions[EXTENSION], path, author="a", name="large")
    return "/instrument/large"


def height_of(page: Page) -> int:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return int(page.evaluate("document.documentElement.scrollHeight"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_microscope_of_sixty_parts_can_be_looked_over(
    browser: Browser, address: str, large: str, language: str
) -> None:
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/login?lang={language}")
    page.fill("#name", "facility")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    for width, most in MOST.items():
        page.set_viewport_size({"width": width, "height": 900})
        for url in (large, f"{large}/passport"):
            page.goto(address + url)
            as_it_opens = page.evaluate("document.documentElement.scrollHeight")
            assert height_of(page) <= most, (url, width)
            assert as_it_opens <= 1.5 * most, (url, width)
    page.goto(address + large)
    page.click(".index a >> nth=3")
    assert page.url.endswith("#filters")
    page.close()
