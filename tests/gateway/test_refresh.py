"""Renewal of a browser's session: silent, in time, and once for however many requests need it."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.gateway.browsers import ACCOUNTS, PAGE, REFRESH, StandInIdentity, ask_late, hold, set_cookies
from tests.gateway.stand_ins import RunningGateway, Upstream


class TestRenewal:
    def test_is_silent_when_the_access_token_is_gone(self, browser: httpx.Client, bank: StandInIdentity) -> None:
        hold(browser, refresh="refresh-0")
        answer = browser.get(ACCOUNTS)
        assert answer.status_code == 200
        assert bank.refreshes == [{"refresh_token": "refresh-0"}]
        assert set_cookies(answer)["strongroom-refresh"] == "refresh-1"

    @pytest.mark.parametrize("left_seconds", [-10, 20], ids=["expired", "about-to-expire"])
    def test_comes_before_the_access_token_s_end(
        self, browser: httpx.Client, bank: StandInIdentity, service: Upstream, left_seconds: int
    ) -> None:
        old = bank.access(iat=int(time.time()) - 280, exp=int(time.time()) + left_seconds)
        hold(browser, access=old, refresh="refresh-0")
        answer = browser.post("/api/v1/transfers", json={})
        assert answer.status_code == 200
        assert service.seen[0].headers["authorization"] == f"Bearer {set_cookies(answer)['strongroom-access']}"

    def test_leaves_a_good_access_token_alone(self, browser: httpx.Client, bank: StandInIdentity) -> None:
        hold(browser, access=bank.access(), refresh="refresh-0")
        assert "set-cookie" not in browser.get(ACCOUNTS).headers
        assert bank.refreshes == []

    def test_happens_once_for_twenty_requests_at_a_time(self, gateway: RunningGateway, bank: StandInIdentity) -> None:
        bank.slow_seconds = 0.3
        at_once = threading.Barrier(20)

        def ask(_number: int) -> httpx.Response:
            with httpx.Client(base_url=gateway.url, headers=PAGE, timeout=15, trust_env=False) as http:
                hold(
                    http,
                    access=bank.access(iat=int(time.time()) - 299, exp=int(time.time()) + 1),
                    refresh="refresh-twenty",
                )
                at_once.wait(10)
                return http.get(ACCOUNTS)

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(ask, range(20)))
        assert [answer.status_code for answer in answers] == [200] * 20
        assert len(bank.refreshes) == 1
        # One who set out a moment before the new cookies came still gets them.
        late = ask_late(gateway, "refresh-twenty")
        assert {set_cookies(answer)["strongroom-refresh"] for answer in [*answers, late]} == {"refresh-1"}
        assert len(bank.refreshes) == 1

    def test_of_a_token_in_another_program_is_asked_anew(self, gateway: RunningGateway, bank: StandInIdentity) -> None:
        for agent in ("one", "two"):
            ask_late(gateway, "refresh-agents", {"User-Agent": agent})
        assert [one["user-agent"] for one in bank.headers] == ["one", "two"]

    def test_survives_that_the_first_who_asked_hangs_up(self, gateway: RunningGateway, bank: StandInIdentity) -> None:
        bank.slow_seconds = 0.5
        with httpx.Client(base_url=gateway.url, headers=PAGE, timeout=0.2, trust_env=False) as http:
            hold(http, refresh="refresh-hasty")
            with pytest.raises(httpx.ReadTimeout):
                http.get(ACCOUNTS)
        assert ask_late(gateway, "refresh-hasty").status_code == 200
        assert len(bank.refreshes) == 1

    def test_that_is_refused_ends_the_browser_s_session(self, browser: httpx.Client, bank: StandInIdentity) -> None:
        bank.refresh_status = 401
        hold(browser, refresh="refresh-stolen")
        answer = browser.get(ACCOUNTS)
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.invalid-token")
        assert set_cookies(answer) == {"strongroom-access": "", "strongroom-refresh": ""}

    def test_that_cannot_be_had_now_ends_nothing(self, browser: httpx.Client, bank: StandInIdentity) -> None:
        bank.refresh_status = 503
        hold(browser, refresh="refresh-later")
        answer = browser.get(ACCOUNTS)
        assert (answer.status_code, answer.headers.get("set-cookie")) == (503, None)
        hold(
            browser, access=bank.access(iat=int(time.time()) - 280, exp=int(time.time()) + 20), refresh="refresh-later"
        )
        assert browser.get(ACCOUNTS).status_code == 200

    @pytest.mark.parametrize("access", ["forged", "a.b.c", "a.e30.c"])
    def test_replaces_what_is_no_token(self, browser: httpx.Client, bank: StandInIdentity, access: str) -> None:
        hold(browser, access=access, refresh=f"refresh-for-{access}")
        assert browser.get(ACCOUNTS).status_code == 200

    def test_is_no_help_to_a_forged_access_token_alone(
        self, browser: httpx.Client, bank: StandInIdentity, service: Upstream
    ) -> None:
        hold(browser, access=bank.access()[:-4] + "AAAA")
        answer = browser.get(ACCOUNTS)
        assert answer.status_code == 401
        assert set_cookies(answer)["strongroom-access"] == ""
        assert service.seen == []


class TestRefresh:
    def test_of_a_browser_takes_and_gives_only_cookies(self, browser: httpx.Client, bank: StandInIdentity) -> None:
        hold(browser, refresh="refresh-asked")
        answer = browser.post(REFRESH)
        assert (answer.status_code, answer.json()) == (200, {"expires_in": 300})
        assert set_cookies(answer)["strongroom-refresh"] == "refresh-1"
        assert bank.refreshes == [{"refresh_token": "refresh-asked"}]

    def test_of_a_browser_without_a_session_is_refused(self, browser: httpx.Client, bank: StandInIdentity) -> None:
        answer = browser.post(REFRESH, json={"refresh_token": "stolen"})
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.invalid-refresh-token")
        assert bank.refreshes == []

    def test_from_a_foreign_page_is_refused(self, browser: httpx.Client, bank: StandInIdentity) -> None:
        hold(browser, refresh="refresh-0")
        assert browser.post(REFRESH, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert bank.refreshes == []

    def test_of_others_goes_by_the_body(self, client: httpx.Client, bank: StandInIdentity) -> None:
        client.cookies.set("strongroom-refresh", "not-this")
        answer = client.post(REFRESH, json={"refresh_token": "mine"})
        assert answer.json()["refresh_token"] == "refresh-1"
        assert bank.refreshes == [{"refresh_token": "mine"}]
        assert "set-cookie" not in answer.headers
