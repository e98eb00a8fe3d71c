"""Every client of every service against the real provider: what it sends is taken, what comes back is read.

`client` names the class that is shown; `tests/architecture/test_client_contracts.py` looks for each public method.
"""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import CosignedPayment, LedgerClient
from services.accounts.domain.account import Contract, OpeningDeposit, Payout
from services.accounts.domain.customer import AlreadyRegistered, BadEmail, PasswordRefused
from services.accounts.store.account_queries import account_row, contract_of
from services.identity.clients.notifications import CodeMailer
from services.notifications.clients.accounts import Accounts as AccountsOfNotifications
from services.notifications.clients.dead_letters import OtherServices
from services.notifications.clients.identity import Identity as IdentityOfNotifications
from services.notifications.domain.dead_letter import ServiceName
from services.support.clients.accounts import Accounts as AccountsOfSupport
from services.transactions.clients.accounts import AccountsClient
from services.transactions.clients.job_board import JobsOf
from services.transactions.clients.ledger_lane import OwnCommand, WriterLane
from services.transactions.clients.support import SupportClient
from services.transactions.domain.job_board import JobNotFound
from shared.clock import now
from shared.contracts.envelope import Envelope
from shared.ids import new_id
from shared.store.jobs import enqueue_job
from shared.streams.dead_letters import bury_fact
from tests.contract.real_services import RealServices

pytestmark = [pytest.mark.sqlite, pytest.mark.timeout(180)]

STRONG = "a long and quiet river"


class TestIdentityClientOfAccounts:
    client = IdentityClient

    def test_makes_one_login_however_often(self, bank: RealServices) -> None:
        identity, customer = IdentityClient(bank.client("accounts", "identity")), new_id()
        order: dict[str, Any] = {"email": f"{customer}@demo.bank", "password": STRONG, "branch_id": "main"}
        user_id = identity.make_login(customer_id=customer, **order)
        assert identity.make_login(customer_id=customer, **order) == user_id
        assert identity.find_login(customer_id=customer) == user_id
        assert identity.find_login(customer_id=new_id()) is None
        assert identity.read_email(customer_id=customer) == order["email"]
        assert identity.read_email(customer_id=new_id()) is None
        with pytest.raises(AlreadyRegistered):
            identity.make_login(customer_id=new_id(), **order)

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"password": "short"}, PasswordRefused),
            ({"email": "no address"}, BadEmail),
            ({"password": "Tatjana Testerova", "names": ["Tatjana", "Testerova"]}, PasswordRefused),
        ],
    )
    def test_reads_what_identity_refuses(
        self, bank: RealServices, changed: dict[str, Any], refusal: type[Exception]
    ) -> None:
        identity = IdentityClient(bank.client("accounts", "identity"))
        order = {"email": f"{new_id()}@demo.bank", "password": STRONG, "names": []} | changed
        with pytest.raises(refusal):
            identity.make_login(customer_id=new_id(), branch_id="main", **order)
        with pytest.raises(refusal):
            identity.tell_known(**order)

    def test_has_the_owner_of_a_known_address_told(self, bank: RealServices, toni: dict[str, Any]) -> None:
        identity = IdentityClient(bank.client("accounts", "identity"))
        before = kinds_of_mail(bank)
        identity.tell_known(email=toni["email"], password=STRONG, names=["Toni"])
        until = time.monotonic() + 20
        while kinds_of_mail(bank) == before:
            assert time.monotonic() < until
            time.sleep(0.02)


class TestLedgerClientOfAccounts:
    client = LedgerClient

    def contract(self, bank: RealServices, toni: dict[str, Any]) -> Contract:
        """Give the contract of Toni's account under another id: nothing of accounts knows it."""
        with bank.store("accounts").read() as session:
            found = contract_of(session, account_row(session, toni["account"]["id"]))
        return replace(found, account_id=new_id(), account_number=f"DE{now():%H%M%S%f}00000000", version=1)

    def test_opens_with_cash_freezes_and_closes_with_a_payout(self, bank: RealServices, toni: dict[str, Any]) -> None:
        ledger, contract = LedgerClient(bank.client("accounts", "transactions")), self.contract(bank, toni)
        tess = bank.call("identity", "GET", "/auth/me", token=bank.log_in("tess@demo.bank", "demo-password-tess"))
        by = str(tess.json()["user_id"])
        opened = ledger.put_contract(replace(contract, opening=OpeningDeposit(700, by, "main")))
        assert (opened.refused, opened.paid_out_minor) == (None, 0)
        assert ledger.put_contract(replace(contract, version=2, freeze="debit")).refused is None
        assert ledger.put_contract(replace(contract, version=1)).refused is None
        assert ledger.put_contract(replace(contract, version=3, freeze="none")).refused is None
        refused = ledger.put_contract(replace(contract, version=4, status="closed"))
        assert refused.refused == "transactions.account-not-empty"
        assert refused.numbers["booked_minor"] == 700
        last = replace(contract, version=5, status="closed", payout=Payout(toni["account"]["id"]))
        assert ledger.put_contract(last).paid_out_minor == 700
        assert ledger.put_contract(last).paid_out_minor == 700  # a repeat is answered, not booked

    def test_has_what_all_signed_booked_once(self, bank: RealServices, toni: dict[str, Any]) -> None:
        ledger, contract = LedgerClient(bank.client("accounts", "transactions")), self.contract(bank, toni)
        owner, other = toni["customer"]["id"], new_id()
        joint = replace(contract, owners=(owner, other), mandate="both", opening=OpeningDeposit(700, "tess", "main"))
        assert ledger.put_contract(joint).refused is None
        payment = CosignedPayment(
            id=new_id(),
            made_by=toni["user_id"],
            customer_id=owner,
            signed_by=[owner],
            from_account_id=contract.account_id,
            to_account_id=toni["account"]["id"],
            amount_minor=700,
            currency="EUR",
            description="rent",
        )
        assert ledger.book_cosigned(replace(payment, id=new_id())) == "transactions.cosignature-required"
        signed = replace(payment, signed_by=[owner, other])
        assert ledger.book_cosigned(signed) is None
        assert ledger.book_cosigned(signed) is None
        assert ledger.book_cosigned(replace(signed, id=new_id())) == "transactions.insufficient-funds"


class TestCodeMailerOfIdentity:
    client = CodeMailer

    def test_has_a_mail_queued_behind_the_answer(self, bank: RealServices) -> None:
        mailer, before = CodeMailer(bank.client("identity", "notifications")), len(kinds_of_mail(bank))
        until = datetime(2099, 1, 1, tzinfo=UTC)
        mailer.do_soon(
            lambda: mailer.send_soon(email="toni@demo.bank", mail="sign-in", code="123456", valid_until=until)
        )
        mailer.send_soon(email="toni@demo.bank", mail="already-registered", code=None, valid_until=until)
        waited = time.monotonic() + 20
        mailer.hand_over(email="toni@demo.bank", mail="email-changed", code=None, valid_until=until, key=new_id())
        while len(kinds_of_mail(bank)) < before + 3:
            assert time.monotonic() < waited
            time.sleep(0.02)
        mailer.stop()


def kinds_of_mail(bank: RealServices) -> list[str]:
    """Give the ids of the jobs that mail a code."""
    store = bank.store("notifications")
    with store.read() as session:
        return [str(row) for row in session.execute(select(store.plumbing.jobs.c.id)).scalars()]


class TestAccountsOfSupport:
    client = AccountsOfSupport

    def test_knows_the_owners_and_what_is_missing(self, bank: RealServices, toni: dict[str, Any]) -> None:
        accounts = AccountsOfSupport(bank.client("support", "accounts"))
        assert accounts.owners_of(toni["account"]["id"]) == [toni["customer"]["id"]]
        assert accounts.owners_of(new_id()) == []


class TestAccountsClientOfTransactions:
    client = AccountsClient

    def test_reads_terms_rates_and_the_head_of_a_statement(self, bank: RealServices, toni: dict[str, Any]) -> None:
        accounts = AccountsClient(bank.client("transactions", "accounts"))
        terms, rates = accounts.product_terms()
        assert {"current", "savings", "everyday"} <= {product for product, *_ in terms}
        assert {"savings"} <= {rate.product for rate in rates}
        holder = accounts.holder_of(toni["account"]["id"])
        assert (holder["name"], holder["address"][0]) == ("Toni Tester", "Probeweg 1")
        assert "@" in holder["email_masked"]
        assert toni["email"] not in holder["email_masked"]


class TestJobsOfTransactions:
    client = JobsOf

    @pytest.mark.parametrize("service", ["identity", "accounts", "transactions", "support", "notifications"])
    def test_shows_and_pushes_the_jobs_of_each_service(self, bank: RealServices, service: str) -> None:
        jobs, kind = JobsOf(bank.client("transactions", service)), "contract-test"
        with bank.store(service).write() as session:
            job_id = enqueue_job(session, kind=kind, unique_key=new_id(), payload={})
        assert kind in {one["kind"] for one in jobs.kinds()}
        assert [one["id"] for one in jobs.runs(kind, {"limit": 5})] == [job_id]
        run, is_due = jobs.run_again(str(job_id), act=None)
        assert (run["id"], is_due) == (job_id, True)
        with pytest.raises(JobNotFound):
            jobs.run_again(new_id(), act=None)


class TestWriterLaneOfTransactions:
    client = WriterLane

    def commands(self, toni: dict[str, Any]) -> list[OwnCommand]:
        """Give each of the ledger's own commands, and one of the bank's bookings: all of them are refused for good."""
        account, missing = toni["account"], new_id()
        order = {
            "order_id": new_id(),
            "customer_id": toni["customer"]["id"],
            "from_account_id": account["id"],
            "to_account_number": account["account_number"],
            "amount_minor": 5,
            "currency": "EUR",
        }
        fee = {"account_id": missing, "amount_minor": 5, "currency": "EUR"}
        dates = {"closing": "2001-01-01", "opening": "2001-01-02"}
        return [
            OwnCommand("POST /internal/order-transfers", order, key=new_id()),
            OwnCommand("POST /internal/business-date/close", dates, key=new_id()),
            OwnCommand("POST /internal/clock", {"offset_seconds": 0}, key=new_id()),
            OwnCommand("POST /api/v1/ledger/fees", fee, key=new_id()),
        ]

    def test_gets_the_same_answers_by_frame_and_by_http(self, bank: RealServices, toni: dict[str, Any]) -> None:
        tokens, http = bank.tokens("transactions"), bank.client("transactions", "transactions")
        by_frame = WriterLane(bank.ledger_settings.socket_path, tokens).book(self.commands(toni))
        by_http = WriterLane(bank.folder / "none.sock", tokens, http).book(self.commands(toni))
        codes = [one.code for one in by_frame]
        assert codes[0] == "transactions.same-account"
        assert "request.invalid" not in codes
        assert [(one.status, one.code) for one in by_http] == [(one.status, one.code) for one in by_frame]


class TestSupportClientOfTransactions:
    client = SupportClient

    def test_counts_a_customers_ticket(self, bank: RealServices, toni: dict[str, Any]) -> None:
        token = bank.log_in(toni["email"], toni["password"])
        ticket = {"type": "general", "subject": "A question", "description": "How much is the fish?"}
        assert bank.call("support", "POST", "/tickets", token=token, body=ticket).status_code == 201
        counts = SupportClient(bank.client("transactions", "support")).ticket_counts()
        assert {("general", "open", 1)} <= {(one["type"], one["status"], one["tickets"]) for one in counts}


class TestAccountsOfNotifications:
    client = AccountsOfNotifications

    def test_knows_where_to_write_to_a_customer(self, bank: RealServices, toni: dict[str, Any]) -> None:
        accounts = AccountsOfNotifications(bank.client("notifications", "accounts"))
        found = accounts.contact_of(toni["customer"]["id"])
        assert found is not None
        assert (found.email, found.first_name, found.last_name) == (toni["email"], "Toni", "Tester")
        assert accounts.contact_of(new_id()) is None


class TestIdentityOfNotifications:
    client = IdentityOfNotifications

    def test_knows_where_to_write_to_a_login(self, bank: RealServices, toni: dict[str, Any]) -> None:
        identity = IdentityOfNotifications(bank.client("notifications", "identity"))
        found = identity.contact_of(toni["user_id"])
        assert found is not None
        assert found.email == toni["email"]
        assert identity.contact_of(new_id()) is None


class TestOtherServicesOfNotifications:
    client = OtherServices

    def test_shows_the_letters_of_all_and_replays_one(self, bank: RealServices) -> None:
        asked: tuple[ServiceName, ...] = ("identity", "accounts", "transactions", "support")
        others = OtherServices({name: bank.client("notifications", name) for name in asked})
        fact = Envelope.model_validate(
            {
                "id": new_id(),
                "source": "bank/transactions",
                "type": "bank.transactions.clock-moved.v1",
                "subject": "clock",
                "time": "2026-11-22T20:00:00.000000Z",
                "data": {"offset_seconds": 0},
                "lane": 0,
                "epoch": 1,
                "sequence": 1,
                "hash": "0" * 64,
                "previoushash": "0" * 64,
                "requestid": "r",
            }
        )
        with bank.store("support").write() as session:
            bury_fact(session, "transactions", fact, "refused")
        found = others.letters(below=None, limit=10)
        assert found.unreachable == []
        [letter] = [one for one in found.letters if one.service == "support"]
        assert (letter.what, letter.error) == (fact.type, "refused")
        assert others.replay(letter.id, act=None) is True
        assert others.replay(letter.id, act=None) is False
        assert others.replay(new_id(), act=None) is None
