"""Browsers at the gateway: cookies for tokens, and only the bank's own pages may change something."""

import httpx
import pytest

from tests.builders.tokens import TokenMaker
from tests.gateway.browsers import ACCOUNTS, LOGIN, StandInIdentity, hold, set_cookies, sign_in
from tests.gateway.stand_ins import RunningGateway, Upstream

LOGOUT = "/api/v1/auth/logout"


class TestSignIn:
    @pytest.mark.parametrize(
        "sent", [{"Origin": "http://localhost:8080"}, {"Sec-Fetch-Site": "same-origin"}], ids=["origin", "sec-fetch"]
    )
    def test_gives_a_browser_cookies_and_no_token_in_the_body(
        self, client: httpx.Client, bank: StandInIdentity, sent: dict[str, str]
    ) -> None:
        answer = client.post(LOGIN, json={"email": "a@b.c", "password": "right"}, headers=sent)
        assert (answer.status_code, answer.json()) == (200, {"expires_in": 300})
        given = set_cookies(answer)
        assert set(given) == {"strongroom-access", "strongroom-refresh", "strongroom-device"}
        assert all("HttpOnly" in one and "SameSite=Strict" in one for one in answer.headers.get_list("set-cookie"))
        others = "".join(value for name, value in answer.headers.items() if name != "set-cookie")
        assert not any(token in answer.text + others for token in given.values())
        assert "x-device-token" not in answer.headers

    def test_gives_others_tokens_and_no_cookie(self, client: httpx.Client, bank: StandInIdentity) -> None:
        answer = client.post(LOGIN, json={"email": "a@b.c", "password": "right"})
        assert set(answer.json()) == {"access_token", "token_type", "expires_in", "refresh_token"}
        assert answer.headers["x-device-token"] == "device-1"
        assert "set-cookie" not in answer.headers

    def test_gives_no_cookie_when_it_is_refused(self, browser: httpx.Client) -> None:
        answer = browser.post(LOGIN, json={"email": "a@b.c", "password": "wrong"})
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.invalid-credentials")
        assert set(set_cookies(answer)) <= {"strongroom-device"}

    def test_does_not_sign_a_browser_in_from_a_foreign_page(self, client: httpx.Client, identity: Upstream) -> None:
        sent = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        answer = client.post(LOGIN, json={"email": "a@b.c", "password": "right"}, headers=sent)
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.cross-site-request")
        assert identity.seen == []

    def test_says_at_identity_which_device_it_is(self, browser: httpx.Client, bank: StandInIdentity) -> None:
        sign_in(browser)
        sign_in(browser)
        assert [one.get("x-device-token") for one in bank.headers] == [None, "device-1"]

    def test_passes_the_mark_of_a_device_that_has_no_cookies(self, client: httpx.Client, bank: StandInIdentity) -> None:
        client.post(LOGIN, json={"email": "a@b.c", "password": "right"}, headers={"X-Device-Token": "mine"})
        assert bank.headers[0]["x-device-token"] == "mine"


class TestCookies:
    def test_let_a_browser_in_and_reach_the_service_as_a_bearer_token(
        self, browser: httpx.Client, service: Upstream
    ) -> None:
        given = set_cookies(sign_in(browser))
        assert browser.get(ACCOUNTS).status_code == 200
        assert service.seen[0].headers["authorization"] == f"Bearer {given['strongroom-access']}"
        assert "cookie" not in service.seen[0].headers

    def test_do_not_count_beside_a_bearer_token(
        self, browser: httpx.Client, service: Upstream, tokens: TokenMaker
    ) -> None:
        sign_in(browser)
        mine = tokens.sign(sub="another")
        # Nor is the page's address asked for: whoever can write a token into a request needs no cookies.
        assert browser.post(ACCOUNTS, headers={"Authorization": f"Bearer {mine}", "Sec-Fetch-Site": "x"}).is_success
        assert service.seen[0].headers["authorization"] == f"Bearer {mine}"
        assert browser.get(ACCOUNTS, headers={"Authorization": "Bearer stale"}).status_code == 401

    def test_of_others_do_not_count(self, client: httpx.Client, service: Upstream) -> None:
        answer = client.get(ACCOUNTS, headers={"Cookie": "theme=dark"})
        assert (answer.status_code, answer.json()["code"]) == (401, "auth.missing-token")

    @pytest.mark.parametrize(
        "sent",
        [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
         {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Mode": "cors"}],
        ids=["nothing", "foreign", "null", "cross-site", "same-site", "mode-only"],
    )  # fmt: skip
    def test_change_nothing_without_a_page_of_the_bank(
        self, gateway: RunningGateway, bank: StandInIdentity, service: Upstream, sent: dict[str, str]
    ) -> None:
        with httpx.Client(base_url=gateway.url, headers=sent, trust_env=False) as http:
            hold(http, access=bank.access(), refresh="refresh-0")
            answer = http.post("/api/v1/transfers", json={})
            assert (answer.status_code, answer.json()["code"]) == (403, "auth.cross-site-request")
            assert answer.json()["next_step"]
            assert http.get(ACCOUNTS).status_code == 200
        assert [one.method for one in service.seen] == ["GET"]
        assert bank.refreshes == []

    @pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
    def test_change_something_from_a_page_of_the_bank(
        self, gateway: RunningGateway, bank: StandInIdentity, service: Upstream, method: str
    ) -> None:
        paths = {"POST": "/api/v1/transfers", "PATCH": "/api/v1/customers/me", "DELETE": "/api/v1/auth/sessions/other"}
        with httpx.Client(base_url=gateway.url, headers={"Origin": "http://localhost:8080"}, trust_env=False) as http:
            hold(http, access=bank.access())
            assert http.request(method, paths[method]).is_success


class TestAPublicPlace:
    """What everybody may read shows more to who is known: announcements of their branch, drafts to their editors."""

    PLACE = "/api/v1/announcements"

    def test_learns_from_the_cookies_who_reads(self, browser: httpx.Client, service: Upstream) -> None:
        given = set_cookies(sign_in(browser))
        assert browser.get(self.PLACE).status_code == 200
        assert service.seen[0].headers["authorization"] == f"Bearer {given['strongroom-access']}"

    def test_renews_a_session_that_ran_out(
        self, browser: httpx.Client, bank: StandInIdentity, service: Upstream
    ) -> None:
        hold(browser, refresh="refresh-public")
        assert "strongroom-access" in set_cookies(browser.get(self.PLACE))
        assert len(bank.refreshes) == 1
        assert service.seen[0].headers["authorization"].startswith("Bearer ")

    def test_is_open_to_cookies_that_do_not_hold(
        self, browser: httpx.Client, bank: StandInIdentity, service: Upstream
    ) -> None:
        bank.refresh_status = 401
        hold(browser, access="x.y.z", refresh="refresh-over")
        assert browser.get(self.PLACE).status_code == 200
        assert "authorization" not in service.seen[0].headers

    def test_takes_no_command_by_cookies(self, browser: httpx.Client, service: Upstream) -> None:
        sign_in(browser)
        assert browser.post("/api/v1/customers", json={}).is_success
        assert "authorization" not in service.seen[0].headers


class TestLogout:
    @pytest.mark.parametrize(
        ("method", "path"),
        [("POST", LOGOUT), ("POST", "/api/v1/auth/logout-all"), ("DELETE", "/api/v1/auth/sessions/session-1")],
    )
    def test_takes_the_session_s_cookies_and_leaves_the_device_s(
        self, browser: httpx.Client, method: str, path: str
    ) -> None:
        sign_in(browser)
        answer = browser.request(method, path)
        assert answer.status_code == 204
        assert set_cookies(answer) == {"strongroom-access": "", "strongroom-refresh": ""}
        assert set(browser.cookies) == {"strongroom-device"}

    def test_takes_them_even_if_the_session_was_just_renewed(self, browser: httpx.Client) -> None:
        hold(browser, refresh="refresh-leaving")
        answer = browser.post(LOGOUT)
        assert set_cookies(answer) == {"strongroom-access": "", "strongroom-refresh": ""}

    def test_of_another_session_leaves_this_one(self, browser: httpx.Client) -> None:
        sign_in(browser)
        assert "set-cookie" not in browser.delete("/api/v1/auth/sessions/session-2").headers
