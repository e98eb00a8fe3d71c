"""Every screen: axe finds nothing in light and dark, it fits 390 pixels, and fingers can press what is there."""

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import axe_findings, sideways_pixels, small_targets
from tests.browser.screens import PHONE, SCREENS, Screen


def _checked(page: Page, screen: Screen) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        screen.open(page)
        assert axe_findings(page) == [], f"{screen.name} in {scheme}"
    page.set_viewport_size(PHONE)
    screen.open(page)
    assert sideways_pixels(page) <= 0
    assert small_targets(page) == []
    assert axe_findings(page) == [], f"{screen.name} on a phone"


class TestAScreenForEverybody:
    @pytest.mark.parametrize("screen", [one for one in SCREENS if one.person is None], ids=lambda one: one.name)
    def test_is_accessible_and_fits_a_phone(self, page: Page, screen: Screen) -> None:
        _checked(page, screen)


class TestAScreenOfACustomer:
    @pytest.mark.parametrize("screen", [one for one in SCREENS if one.person is not None], ids=lambda one: one.name)
    def test_is_accessible_and_fits_a_phone(self, ada: Page, screen: Screen) -> None:
        _checked(ada, screen)
