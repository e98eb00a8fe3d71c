"""Debian's Chromium as the tests use it, and what every page is watched for."""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

LAUNCH: dict[str, Any] = {
    "executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--no-proxy-server",
    ],
}

# Refusals and lost connections that tests bring about; Chromium reports every answer above 399 as an error.
EXPECTED = (
    "status of 401",
    "status of 403",
    "status of 404",
    "status of 409",
    "status of 422",
    "status of 429",
    "status of 503",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_CONNECTION_RESET",
)

# How long to wait for what must come: a machine may be slow, so this is no measure of anything.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)

SMALL_TARGETS = """() => {
  const seen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option], [role=tab]';
  const small = [];
  for (const one of document.querySelectorAll(wanted)) {
    // A control inside its label is as large as the label; what is hidden or not yet shown is no target.
    const target = one.closest('label, .mantine-Input-wrapper') ?? one;
    const box = target.getBoundingClientRect();
    if (!seen(one) || box.width < 2 || box.bottom < 0) continue;
    const labelled = one.labels?.[0]?.getBoundingClientRect();
    const height = Math.max(box.height, one.type === 'checkbox' && labelled ? labelled.height : 0);
    if (height < 43.5 || Math.max(box.width, labelled?.width ?? 0) < 43.5) {
      small.push(`${one.outerHTML.slice(0, 120)} ${Math.round(box.width)}x${Math.round(height)}`);
    }
  }
  return small;
}"""

# A style that changes with a transition, however short, still has its old value until the next frame.
SETTLED = """async () => {
  for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame);
  const moving = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(moving.map((one) => one.finished));
}"""


class Watched:
    """A page whose console is listened to: a blocked style or a broken script must not pass unnoticed."""

    def __init__(self, page: Page) -> None:
        """Begin to listen."""
        self.page = page
        self._wrong: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._wrong.append(f"page error: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in EXPECTED):
            self._wrong.append(message.text)

    def check(self) -> None:
        """Fail with everything that was heard."""
        heard, self._wrong = self._wrong, []
        assert not heard, heard


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in through the form: a customer comes home, staff come to their work."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/(home|staff)$"))
    expect(page.get_by_role("heading", name=re.compile("^(Home|Work)$"))).to_be_visible()


def enter(page: Page, name: str) -> None:
    """Sign in as one of the demo people."""
    sign_in(page, f"{name}@demo.bank", f"demo-password-{name}")


def drag(page: Page, card: Locator, column: Locator) -> None:
    """Drag a card as a hand does; a list that grows at that moment makes it miss, and it takes the card again."""
    for _ in range(3):
        card.hover(position={"x": 6, "y": 6})
        page.mouse.down()
        column.hover()
        column.hover()  # the second one is what makes the browser say that something is above it
        page.mouse.up()
        with suppress(AssertionError):
            expect(card).to_have_count(0, timeout=3_000)
            return


def axe_findings(page: Page) -> list[str]:
    """Give what axe finds on the page, once its colours have changed: each rule with the parts it is about."""
    page.evaluate(SETTLED)
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [f"{rule['id']} ({rule['help']}): {[node['html'][:160] for node in rule['nodes']][:4]}" for rule in found]


def sideways_pixels(page: Page) -> int:
    """Give how far the page can be scrolled sideways."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def small_targets(page: Page) -> list[str]:
    """Give what can be pressed but is smaller than 44 pixels (a link within a sentence is exempt by its class)."""
    found: list[str] = page.evaluate(SMALL_TARGETS)
    return found
