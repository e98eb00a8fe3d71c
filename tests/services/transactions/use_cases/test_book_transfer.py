"""Transfers, from the order to the rows."""

import json

from tests.services.transactions.conftest import ADA, BEN, TESS, TRANSFER, LedgerBench, transfer


class TestBookTransfer:
    def test_moves_money_and_shows_the_payer_only_own_legs(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 1000)
        status, body = bench.one(TRANSFER, transfer(payer, payee, 300), ADA)
        assert status == 201
        assert (bench.booked(payer), bench.booked(payee)) == (700, 300)
        assert [p["account_id"] for p in body["postings"]] == [payer]
        assert body["postings"][0]["balance_after_minor"] == 700
        assert (body["from_account_id"], body["to_account_id"]) == (payer, None)
        assert body["counterparty"] == {"name": "Ben", "account_number_masked": "DE00 •••• 0BEN"}

    def test_names_the_payee_by_account_number(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        body = {"from_account_id": payer, "to_account_number": "DE00BEN", "amount_minor": 10, "currency": "EUR"}
        assert bench.one(TRANSFER, body, ADA)[0] == 201
        assert bench.booked(payee) == 10

    def test_another_persons_account_looks_like_a_missing_one(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        other = bench.one(TRANSFER, transfer(payer, payee, 1), BEN)
        missing = bench.one(TRANSFER, transfer("a-nobody", payee, 1), BEN)
        assert other == missing
        assert other[0] == 404

    def test_predecessor_d08_min_balance_is_kept(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada", min_balance_minor=1000), bench.open("ben")
        bench.deposit(payer, 1500)
        status, body = bench.one(TRANSFER, transfer(payer, payee, 501), ADA)
        assert (status, body["code"]) == (409, "transactions.insufficient-funds")
        assert (body["available_minor"], body["min_balance_minor"]) == (500, 1000)
        assert bench.one(TRANSFER, transfer(payer, payee, 500), ADA)[0] == 201

    def test_refuses_one_account_another_currency_and_a_missing_payee(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben", currency="USD")
        bench.deposit(payer, 10)
        codes = [
            bench.one(TRANSFER, body, ADA)[1]["code"]
            for body in (transfer(payer, payer, 1), transfer(payer, payee, 1), transfer(payer, "a-nobody", 1))
        ]
        assert codes == [
            "transactions.same-account",
            "transactions.currency-mismatch",
            "transactions.payee-not-found",
        ]

    def test_refuses_frozen_and_closed_accounts(self, bench: LedgerBench) -> None:
        payer = bench.open("ada")
        bench.deposit(payer, 10)
        bench.open("ada", version=2, freeze="debit")
        payee = bench.open("ben")
        assert bench.one(TRANSFER, transfer(payer, payee, 1), ADA)[1]["code"] == "transactions.account-frozen"
        bench.open("cleo", status="closed")
        assert bench.one(TRANSFER, transfer(payer, "a-cleo", 1), TESS)[1]["code"] in (
            "transactions.account-frozen",
            "transactions.account-not-open",
        )

    def test_refuses_a_balance_past_two_to_the_53(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        with bench.store.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE ledger_accounts SET booked_minor = 9007199254740990 WHERE id = 'a-ben'"
            )
        status, body = bench.one(TRANSFER, transfer(payer, payee, 2), ADA)
        assert (status, body["code"]) == (409, "transactions.balance-out-of-range")
        assert bench.one(TRANSFER, transfer(payer, payee, 1), ADA)[0] == 201


class TestTheBatch:
    def test_sees_what_its_earlier_commands_did(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        orders = [bench.submission(TRANSFER, transfer(payer, payee, 4), ADA) for _ in range(3)]
        assert [answer.status for answer in bench.book(*orders)] == [201, 201, 409]
        assert (bench.booked(payer), bench.booked(payee)) == (2, 8)

    def test_books_a_key_once_within_and_across_batches(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        twice = [bench.submission(TRANSFER, transfer(payer, payee, 4), ADA, key="k") for _ in range(2)]
        first, second = bench.book(*twice)
        third = bench.book(bench.submission(TRANSFER, transfer(payer, payee, 4), ADA, key="k"))[0]
        assert first.body == second.body == third.body
        assert [a.headers.get("Idempotency-Replayed") for a in (first, second, third)] == [None, "true", "true"]
        assert bench.booked(payee) == 4

    def test_refuses_the_key_with_another_body_and_keeps_the_first_answer(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        bench.one(TRANSFER, transfer(payer, payee, 4), ADA, key="k")
        status, body = bench.one(TRANSFER, transfer(payer, payee, 5), ADA, key="k")
        assert (status, body["code"]) == (422, "idempotency.key-reused")
        assert bench.one(TRANSFER, transfer(payer, payee, 4), ADA, key="k")[0] == 201

    def test_keeps_a_refusal_for_its_key(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        refused = bench.one(TRANSFER, transfer(payer, payee, 4), ADA, key="k")
        bench.deposit(payer, 10)
        assert bench.one(TRANSFER, transfer(payer, payee, 4), ADA, key="k") == refused
        assert refused[0] == 409

    def test_one_users_key_is_not_anothers(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        bench.deposit(payee, 10)
        assert bench.one(TRANSFER, transfer(payer, payee, 4), ADA, key="k")[0] == 201
        assert bench.one(TRANSFER, transfer(payee, payer, 4), BEN, key="k")[0] == 201

    def test_a_faulty_command_harms_only_itself(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        good = [bench.submission(TRANSFER, transfer(payer, payee, 1), ADA) for _ in range(2)]
        broken = bench.submission(TRANSFER, transfer(payer, payee, 1), ADA)
        broken.order = object()  # a fault, not a refusal: needs() fails on it
        assert [answer.status for answer in bench.book(good[0], broken, good[1])] == [201, 500, 201]
        assert bench.booked(payee) == 2

    def test_writes_entry_facts_audit_and_key_together(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        before = [bench.count(t) for t in ("journal_entries", "postings", "outbox", "audit", "idempotency")]
        bench.one(TRANSFER, transfer(payer, payee, 1), ADA)
        after = [bench.count(t) for t in ("journal_entries", "postings", "outbox", "audit", "idempotency")]
        assert [b - a for a, b in zip(before, after, strict=True)] == [1, 2, 1, 1, 1]

    def test_facts_carry_no_names_or_descriptions(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 10)
        bench.one(TRANSFER, {**transfer(payer, payee, 1), "description": "secret thing"}, ADA)
        from shared.store.outbox_queries import events_after

        with bench.store.read() as session:
            text = json.dumps(events_after(session, 0, 100))
        assert "secret" not in text
        assert "Ben" not in text
