"""Every screen: axe finds nothing in light and dark, it fits 390 pixels, and fingers can press what is there."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Watched, axe_findings, sideways_pixels, small_targets
from tests.browser.screen import Screen
from tests.browser.screens import DESKTOP, PHONE, SCREENS
from tests.browser.staff_screens import STAFF_SCREENS


def _findings(watched: Watched, screen: Screen) -> list[str]:
    """Open the screen once and look at it in light, in the dark, and on a phone."""
    page = watched.page
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    screen.open(page)
    found = [f"light: {one}" for one in axe_findings(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    found += [f"dark: {one}" for one in axe_findings(page)]
    page.set_viewport_size(PHONE)
    found += [f"phone: {one}" for one in axe_findings(page)]
    found += [f"phone, too small: {one}" for one in small_targets(page)]
    if (sideways := sideways_pixels(page)) > 0:
        found.append(f"phone: {sideways} pixels sideways")
    watched.check()
    return found


class TestAScreenForEverybody:
    @pytest.mark.parametrize("screen", [one for one in SCREENS if one.person is None], ids=lambda one: one.name)
    def test_is_accessible_and_fits_a_phone(self, passer_by: Watched, screen: Screen) -> None:
        assert not (found := _findings(passer_by, screen)), "\n".join(found)


class TestAScreenOfACustomer:
    @pytest.mark.parametrize("screen", [one for one in SCREENS if one.person == "ada"], ids=lambda one: one.name)
    def test_is_accessible_and_fits_a_phone(self, looker: Watched, screen: Screen) -> None:
        assert not (found := _findings(looker, screen)), "\n".join(found)


class TestAScreenOfTheConsole:
    @pytest.mark.parametrize("screen", STAFF_SCREENS, ids=lambda one: one.name)
    def test_is_accessible_and_fits_a_phone(self, colleagues: dict[str, Watched], screen: Screen) -> None:
        assert not (found := _findings(colleagues[str(screen.person)], screen)), "\n".join(found)
