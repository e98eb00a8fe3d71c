"""Every screen: axe finds nothing in light and dark, it fits 390 pixels, and fingers can press what is there."""

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import axe_findings, sideways_pixels, small_targets
from tests.browser.screens import PHONE, SCREENS, Scheme, Screen

SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def _findings(page: Page, screen: Screen) -> list[str]:
    found: list[str] = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        screen.open(page)
        found += [f"{scheme}: {one}" for one in axe_findings(page)]
    page.set_viewport_size(PHONE)
    screen.open(page)
    found += [f"phone: {one}" for one in axe_findings(page)]
    found += [f"phone, too small: {one}" for one in small_targets(page)]
    if (sideways := sideways_pixels(page)) > 0:
        found.append(f"phone: {sideways} pixels sideways")
    return found


class TestAScreenForEverybody:
    @pytest.mark.parametrize("screen", [one for one in SCREENS if one.person is None], ids=lambda one: one.name)
    def test_is_accessible_and_fits_a_phone(self, page: Page, screen: Screen) -> None:
        assert not (found := _findings(page, screen)), "\n".join(found)


class TestAScreenOfACustomer:
    @pytest.mark.parametrize("screen", [one for one in SCREENS if one.person is not None], ids=lambda one: one.name)
    def test_is_accessible_and_fits_a_phone(self, ada: Page, screen: Screen) -> None:
        assert not (found := _findings(ada, screen)), "\n".join(found)
