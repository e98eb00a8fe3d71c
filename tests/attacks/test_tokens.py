"""Tokens that are not ours, not for this door, or no longer good: at the gateway, at each service, at the ledger."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from cli.programs import sockets_of
from shared.clients.frames import FrameClient
from shared.ids import new_id
from tests.attacks.forgeries import Forger, forged, service_token
from tests.builders.bank import Bank
from tests.builders.bank_customer import BankCustomer

READS = {
    "identity": "/auth/me",
    "accounts": "/accounts",
    "transactions": "/business-date",
    "support": "/tickets",
    "notifications": "/notifications",
}
DOORS = [*(("gateway", path) for path in READS.values()), *READS.items()]


@pytest.fixture(scope="module")
def victim(bank: Bank) -> BankCustomer:
    """Give a customer with 5.00, whose token is taken apart."""
    return bank.new_customer(deposit_minor=500)


@pytest.fixture(scope="module")
def forger(bank: Bank, victim: BankCustomer) -> Forger:
    """Give who holds the victim's good token and the bank's own key."""
    return Forger(bank, victim.token)


@pytest.fixture(scope="module")
def doors(bank: Bank) -> Iterator[dict[str, httpx.Client]]:
    """Give a client of the gateway and of each service's own port."""
    clients = {name: httpx.Client(base_url=f"{bank.url_of(name)}/api/v1", trust_env=False) for name in READS}
    clients["gateway"] = httpx.Client(base_url=f"{bank.url}/api/v1", trust_env=False)
    yield clients
    for client in clients.values():
        client.close()


def statuses(doors: dict[str, httpx.Client], headers: list[tuple[bytes, bytes]]) -> dict[tuple[str, str], int]:
    """Read at every door with raw headers."""
    return {(door, path): doors[door].get(path, headers=headers).status_code for door, path in DOORS}


def bearer(token: str) -> list[tuple[bytes, bytes]]:
    return [(b"authorization", b"Bearer " + token.encode())]


class TestForgedTokens:
    def test_are_refused_at_every_door(
        self, forger: Forger, doors: dict[str, httpx.Client], tell: Callable[[str], None]
    ) -> None:
        assert set(statuses(doors, bearer(forger.signed())).values()) == {200}  # what is not changed is accepted
        attacks = forged(forger)
        with ThreadPoolExecutor(8) as pool:
            found = dict(
                zip(attacks, pool.map(lambda raw: statuses(doors, bearer(raw)), attacks.values()), strict=True)
            )
        for name, answers in found.items():
            allowed = {401, 400, 431} if "KiB" in name else {401}
            assert set(answers.values()) <= allowed, (name, answers)
        assert len(attacks) >= 25
        tell(f"{len(attacks)} forged tokens at {len(DOORS)} doors: 0 accepted")

    def test_are_refused_in_frames_to_the_ledger(
        self, bank: Bank, victim: BankCustomer, forger: Forger, tell: Callable[[str], None]
    ) -> None:
        body = f'{{"account_id": "{victim.account_id}", "amount_minor": 1, "currency": "EUR"}}'.encode()
        socket = sockets_of(bank.folder.run) / "ledger.sock"
        attacks = {
            **forged(forger),
            "none": None,
            "empty": "",
            "for accounts": service_token(bank, "accounts", "accounts"),
        }
        answers = asyncio.run(_deposits(socket, body, attacks))
        assert {name: status for name, status in answers.items() if status != 401} == {}
        assert victim.booked_minor() == 500
        assert asyncio.run(_deposits(socket, body, {"good": forger.signed()})) == {"good": 201}
        tell(f"{len(attacks)} forged tokens in frames to the ledger: 0 accepted")


async def _deposits(socket: Path, body: bytes, tokens: dict[str, str | None]) -> dict[str, int]:
    client = FrameClient(socket)
    try:
        answers = {}
        for name, token in tokens.items():
            answer = await client.call(
                timeout_seconds=10,
                route="POST /api/v1/deposits",
                token=token,
                key=new_id(),
                body=body,
                request_id=new_id(),
            )
            answers[name] = answer.status
        return answers
    finally:
        await client.close()


class TestTokensForSomethingElse:
    def test_a_refresh_token_is_no_access_token(
        self, bank: Bank, victim: BankCustomer, doors: dict[str, httpx.Client]
    ) -> None:
        body = {"email": victim.email, "password": victim.password}
        refresh = doors["gateway"].post("/auth/login", json=body).json()["refresh_token"]
        assert set(statuses(doors, bearer(refresh)).values()) == {401}

    def test_a_step_up_token_is_no_access_token_and_an_access_token_no_step_up(
        self, victim: BankCustomer, doors: dict[str, httpx.Client]
    ) -> None:
        asked = victim.http.post("/auth/step-up", json={"action": "set-up-totp", "password": victim.password})
        assert asked.status_code == 200, asked.text
        assert set(statuses(doors, bearer(asked.json()["step_up_token"])).values()) == {401}
        answer = victim.http.post("/auth/totp", headers={"step-up": victim.token})
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.step-up-required")

    @pytest.mark.parametrize("service", READS)
    def test_a_person_is_no_service(self, bank: Bank, doors: dict[str, httpx.Client], service: str) -> None:
        for name in ("alma", "sam", "ada"):
            answer = httpx.get(f"{bank.url_of(service)}/internal/events", headers=bearer(bank.login_demo(name)))
            assert answer.status_code == 403, (name, answer.text)

    @pytest.mark.parametrize("service", READS)
    def test_a_service_is_no_person_and_no_other_service(
        self, bank: Bank, doors: dict[str, httpx.Client], service: str
    ) -> None:
        client = next(name for name in READS if name != service)
        found = statuses(doors, bearer(service_token(bank, client, service)))
        assert found.pop((service, READS[service])) == 403  # its own audience: known, and not let in
        assert set(found.values()) == {401}

    def test_a_revoked_token_is_refused_everywhere_within_five_seconds(
        self, bank: Bank, victim: BankCustomer, doors: dict[str, httpx.Client]
    ) -> None:
        token = bank.login(victim.email, victim.password)
        assert set(statuses(doors, bearer(token)).values()) == {200}
        assert bank.client(token).post("/auth/logout").status_code == 204
        bank.wait_until(lambda: set(statuses(doors, bearer(token)).values()) == {401}, timeout_seconds=5)


class TestAuthorizationHeaders:
    def test_that_could_be_read_in_two_ways_are_refused(self, forger: Forger, doors: dict[str, httpx.Client]) -> None:
        good, bad = forger.signed().encode(), b"x"
        name = b"authorization"
        attacks: dict[str, list[tuple[bytes, bytes]]] = {
            "good and bad": [(name, b"Bearer " + good), (name, b"Bearer " + bad)],
            "bad and good": [(name, b"Bearer " + bad), (name, b"Bearer " + good)],
            "good twice": [(name, b"Bearer " + good), (name, b"Bearer " + good)],
            "two in one": [(name, b"Bearer " + good + b", Bearer " + good)],
            "Bearer twice": [(name, b"Bearer Bearer " + good)],
            "two spaces": [(name, b"Bearer  " + good)],
            "a tab": [(name, b"Bearer\t" + good)],
            "Basic": [(name, b"Basic " + good)],
            "Token": [(name, b"Token " + good)],
            "no scheme": [(name, good)],
            "an empty header": [(name, b"")],
            "only the scheme": [(name, b"Bearer")],
            "not ASCII": [(name, b"Bearer " + good + b"\xc3\xa9")],
            "Latin-1": [(name, b"Bearer " + good + b"\xe9")],
            "padding": [(name, b"Bearer " + good + b"=")],
            "something behind it": [(name, b"Bearer " + good + b" x")],
            "another header": [(b"x-authorization", b"Bearer " + good)],
            "a proxy's header": [(b"proxy-authorization", b"Bearer " + good)],
            "a cookie of another name": [
                (b"cookie", b"access_token=" + good + b"; __Secure-strongroom-access=" + good)
            ],
        }
        for name_of, headers in attacks.items():
            found = set(statuses(doors, headers).values())
            assert found <= {400, 401}, (name_of, found)

    def test_a_cookie_is_a_token_at_the_gateway_only_and_changes_nothing_from_elsewhere(
        self, bank: Bank, forger: Forger, doors: dict[str, httpx.Client]
    ) -> None:
        good = [(b"cookie", b"strongroom-access=" + forger.signed().encode())]
        assert {door for (door, _), status in statuses(doors, good).items() if status == 200} == {"gateway"}
        for name, raw in forged(forger).items():
            answer = doors["gateway"].get("/auth/me", headers=[(b"cookie", b"strongroom-access=" + raw.encode())])
            assert answer.status_code in ({400, 401, 431} if "KiB" in name else {400, 401}), (name, answer.text)
        for origin in (None, b"https://evil.test", b"null", bank.url.encode() + b".evil.test", b"file://"):
            headers = [*good, *([] if origin is None else [(b"origin", origin)])]
            answer = doors["gateway"].post("/auth/logout", headers=headers)
            assert answer.status_code in (401, 403), (origin, answer.text)
        assert set(statuses(doors, bearer(forger.signed())).values()) == {200}  # the session was not ended

    def test_a_token_in_the_address_is_no_token(self, forger: Forger, doors: dict[str, httpx.Client]) -> None:
        for door, path in DOORS:
            for name in ("access_token", "token", "authorization", "jwt"):
                answer = doors[door].get(path, params={name: forger.signed()})
                assert answer.status_code == 401, (door, path, name)
