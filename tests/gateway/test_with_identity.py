"""The gateway before the real identity: a browser's session from sign-in to logout, and keys that change under way."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx
import jwt
import pytest
import uvicorn

from gateway.settings import GatewaySettings
from services.identity.main import create_app
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import rotate_keys
from shared.clock import now
from shared.store.migrate import migrate, open_store
from tests.gateway.browsers import LOGIN, PAGE, REFRESH, set_cookies
from tests.gateway.stand_ins import RunningGateway, free_port

ME, TESS = "/api/v1/auth/me", {"email": "tess@demo.bank", "password": "demo-password-tess"}


class RunningIdentity:
    """Identity's HTTP door in a thread, with the demo's staff."""

    def __init__(self, folder: Path) -> None:
        self.settings = IdentitySettings(
            environment="sandbox",
            data_dir=folder,
            port=free_port(),
            listener="off",
            argon2_memory_kib=8,
            argon2_passes=1,
        )
        store = open_store("identity", self.settings.store_url)
        migrate(store)
        store.close()
        # The reader of keys keeps its client for as long as the process lives; a test should leave no socket open.
        config = uvicorn.Config(
            create_app(self.settings),
            port=self.settings.port,
            log_config=None,
            ws="none",
            headers=[("connection", "close")],
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> None:
        self._thread.start()
        until = time.monotonic() + 30
        while not self._server.started:
            assert self._thread.is_alive()
            assert time.monotonic() < until
            time.sleep(0.02)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningIdentity, str]]:
    """The real identity, and the address of a gateway before it."""
    with pytest.MonkeyPatch.context() as patch:
        # In an hour between two steps all of this happens by itself; here it has to be quick.
        patch.setattr("services.identity.store.key_watch.LOOK_SECONDS", 0.1)
        patch.setattr("shared.clients.jwks._REFETCH_SECONDS", 0.1)
        identity = RunningIdentity(tmp_path_factory.mktemp("identity"))
        identity.start()
        url = f"http://127.0.0.1:{identity.settings.port}"
        ports = {"port": free_port(), "ops_port": free_port()}
        gateway = RunningGateway(GatewaySettings(environment="sandbox", identity_url=url, **ports)).start()
        yield identity, gateway.url
        gateway.stop()
        identity.stop()


def browser(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers=PAGE, timeout=15, trust_env=False)


class TestASessionOfABrowser:
    def test_survives_twenty_requests_that_find_it_run_out(self, real: tuple[RunningIdentity, str]) -> None:
        with browser(real[1]) as page:
            held = set_cookies(page.post(LOGIN, json=TESS))
            assert set(held) == {"strongroom-access", "strongroom-refresh", "strongroom-device"}

            def ask(_number: int) -> httpx.Response:
                cookie = f"strongroom-refresh={held['strongroom-refresh']}"
                return httpx.get(real[1] + ME, headers={**PAGE, "Cookie": cookie}, timeout=15, trust_env=False)

            with ThreadPoolExecutor(20) as pool:
                answers = list(pool.map(ask, range(20)))
            assert [answer.status_code for answer in answers] == [200] * 20
            assert len({set_cookies(answer)["strongroom-refresh"] for answer in answers}) == 1
            # The family lives: had one of them counted as reuse, this one would be refused.
            page.cookies.clear()
            page.cookies.set("strongroom-refresh", set_cookies(answers[0])["strongroom-refresh"])
            assert page.post(REFRESH).status_code == 200

    def test_ends_with_the_logout(self, real: tuple[RunningIdentity, str]) -> None:
        with browser(real[1]) as page:
            held = set_cookies(page.post(LOGIN, json=TESS))
            assert page.get(ME).json()["email"] == TESS["email"]
            assert page.post("/api/v1/auth/logout").status_code == 204
            assert page.get(ME).status_code == 401
            page.cookies.set("strongroom-refresh", held["strongroom-refresh"])
            again = page.get(ME)
            assert (again.status_code, again.json()["code"]) == (401, "auth.invalid-token")


class TestRotationOfKeys:
    def test_is_noticed_by_nobody_who_asks_meanwhile(self, real: tuple[RunningIdentity, str]) -> None:
        identity, url = real
        keys, statuses, kids = identity.settings.keys_path, [], []
        stop = threading.Event()

        def ask_on() -> None:
            with httpx.Client(base_url=url, timeout=15, trust_env=False) as http:
                first = http.post(LOGIN, json=TESS).json()["access_token"]
                while not stop.is_set():
                    fresh = http.post(LOGIN, json=TESS).json()["access_token"]
                    kids.append(jwt.get_unverified_header(fresh)["kid"])
                    for token in (first, fresh):
                        answer = http.get(ME, headers={"Authorization": f"Bearer {token}"})
                        statuses.append(answer.status_code)

        asking = threading.Thread(target=ask_on)
        asking.start()
        try:
            for hours in (0, 2):
                rotate_keys(keys, now=now() + timedelta(hours=hours), keep=timedelta(hours=24))
                time.sleep(1.0)
            until = time.monotonic() + 15
            while len(kids) - kids.count(kids[0]) < 3 and time.monotonic() < until:
                time.sleep(0.05)
        finally:
            stop.set()
            asking.join(20)
        assert len(set(kids)) == 2, "the new key never signed"
        assert set(statuses) == {200}
        assert kids.count(kids[0]) >= 3
