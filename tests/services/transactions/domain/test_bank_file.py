"""Reading statements of other banks: exact amounts, strict shapes, and a refusal that names the place."""

from datetime import date

import pytest

from services.transactions.domain.bank_file import read_bank_file
from services.transactions.domain.bank_line import MAX_LINES, BankFileTooLong, BankFileUnreadable, BankStatement
from tests.builders.bank_files import camt_balance, camt_entry, camt_file, csv_file

DAY = "2026-03-02"


def read_csv(raw: bytes, currency: str = "EUR") -> BankStatement:
    return read_bank_file(raw, content_type="text/csv", currency=currency)


def read_camt(raw: bytes, currency: str = "EUR") -> BankStatement:
    return read_bank_file(raw, content_type="application/xml", currency=currency)


class TestCsv:
    def test_gives_lines_with_signs_as_directions(self) -> None:
        found = read_csv(csv_file(f"{DAY},,12.34,EUR,R1,Rent", f'{DAY},2026-03-03,-0.5,EUR,,"Fee, March"'))
        first, second = found.lines
        assert (first.line, first.direction, first.amount_minor) == (2, "credit", 1234)
        assert (first.value_date, first.reference) == (date(2026, 3, 2), "R1")
        assert (second.direction, second.amount_minor, second.description) == ("debit", 50, "Fee, March")
        assert second.value_date == date(2026, 3, 3)

    @pytest.mark.parametrize(
        ("currency", "amount", "minor"),
        [("JPY", "1200", 1200), ("KWD", "1.234", 1234), ("EUR", "90071992547409.91", 2**53 - 1), ("EUR", "0.07", 7)],
    )
    def test_reads_amounts_exactly_in_the_decimals_of_the_currency(
        self, currency: str, amount: str, minor: int
    ) -> None:
        assert read_csv(csv_file(f"{DAY},,{amount},{currency},,"), currency).lines[0].amount_minor == minor

    def test_takes_semicolons_a_byte_order_mark_and_other_orders_of_columns(self) -> None:
        raw = b"\xef\xbb\xbf" + csv_file(f"EUR;1.00;{DAY}", header="Currency;Amount;booking_date")
        assert read_csv(raw).lines[0].amount_minor == 100

    @pytest.mark.parametrize(
        "amount", ["1.234", "1,5", "1e3", "NaN", "", "0.00", "+1", "--1", "1.", ".5", "١", "90071992547409.92"]
    )
    def test_refuses_an_amount_that_is_not_exact(self, amount: str) -> None:
        row = f"{DAY};;{amount};EUR;;"
        with pytest.raises(BankFileUnreadable) as no:
            read_csv(
                csv_file(f"{DAY};;1;EUR;;", row, header="booking_date;value_date;amount;currency;reference;description")
            )
        assert (no.value.numbers["line"], no.value.numbers["field"]) == (3, "amount")

    @pytest.mark.parametrize(
        ("raw", "line"),
        [
            (csv_file(f"{DAY},,1,USD,,"), 2),
            (csv_file("2026-02-30,,1,EUR,,"), 2),
            (csv_file("20260302,,1,EUR,,"), 2),
            (csv_file(f"{DAY},,1,EUR,"), 2),
            (csv_file(f'{DAY},,1,EUR,"open,'), 2),
            (csv_file(f"{DAY},,1,EUR,,a\x07b"), 2),
            (csv_file(f"{DAY},,1,EUR,,?").replace(b"?", b"\xe9"), 2),
            (csv_file("x", header="booking_date,amount"), 1),
            (csv_file("x", header="booking_date,amount,currency,iban"), 1),
            (csv_file("x", header="booking_date,amount,currency,amount"), 1),
            (b"\n", 1),
        ],
    )
    def test_names_the_line_that_cannot_be_read(self, raw: bytes, line: int) -> None:
        with pytest.raises(BankFileUnreadable) as no:
            read_csv(raw)
        assert no.value.numbers["line"] == line

    def test_refuses_an_empty_one_and_one_that_is_too_long(self) -> None:
        for raw in (b"", csv_file()):
            with pytest.raises(BankFileUnreadable):
                read_csv(raw)
        with pytest.raises(BankFileTooLong) as no:
            read_csv(csv_file(*[f"{DAY},,1,EUR,,"] * (MAX_LINES + 1)))
        assert no.value.numbers["limit"] == MAX_LINES


class TestCamt:
    @pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 14)])
    def test_reads_versions_2_to_13(self, version: str) -> None:
        status = "<Sts>BOOK</Sts>" if version < "08" else "<Sts><Cd>BOOK</Cd></Sts>"
        found = read_camt(camt_file(camt_entry("12.34000", status=status), version=version))
        assert (found.format, found.lines[0].amount_minor) == (f"camt.053.001.{version}", 1234)

    @pytest.mark.parametrize("version", ["01", "14", "8", "08x"])
    def test_refuses_other_versions(self, version: str) -> None:
        with pytest.raises(BankFileUnreadable):
            read_camt(camt_file(camt_entry("1"), version=version))

    def test_collects_references_and_texts(self) -> None:
        details = (
            "<NtryRef>N1</NtryRef><AcctSvcrRef>B7</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E2E</EndToEndId>"
            "<TxId>NOTPROVIDED</TxId></Refs><RmtInf><Ustrd>Rent for May</Ustrd><Ustrd>flat 4</Ustrd></RmtInf></TxDtls>"
            "</NtryDtls>"
        )
        line = read_camt(camt_file(camt_entry("1", details=details))).lines[0]
        assert (line.reference, line.description) == ("N1 B7 E2E", "Rent for May flat 4")

    def test_skips_what_is_not_booked_and_what_is_zero(self) -> None:
        pending = camt_entry("5", status="<Sts>PDNG</Sts>")
        found = read_camt(camt_file(pending, camt_entry("0.00"), camt_entry("2", direction="DBIT")))
        assert (found.skipped, [one.line for one in found.lines]) == (2, [3])
        assert found.lines[0].direction == "debit"

    def test_checks_that_the_balances_add_up(self) -> None:
        good = (camt_balance("OPBD", "10"), camt_balance("CLBD", "1", direction="DBIT"))
        entry = camt_entry("11", direction="DBIT")
        found = read_camt(camt_file(*good, entry))
        assert (found.opening_minor, found.closing_minor) == (1000, -100)
        with pytest.raises(BankFileUnreadable) as no:
            read_camt(camt_file(*good, camt_entry("12", direction="DBIT")))
        assert (no.value.numbers["moved_minor"], no.value.numbers["closing_minor"]) == (-1200, -100)

    def test_numbers_entries_over_several_statements(self) -> None:
        found = read_camt(camt_file(statements=(camt_entry("1"), camt_entry("2"))))
        assert [(one.line, one.amount_minor) for one in found.lines] == [(1, 100), (2, 200)]

    @pytest.mark.parametrize(
        ("entry", "field"),
        [
            (camt_entry("1.001"), "Amt"),
            (camt_entry("1", currency="USD"), "Amt"),
            (camt_entry("-1"), "Amt"),
            (camt_entry("1").replace("Amt", "Amount"), "Amt"),
            (camt_entry("1", direction="CREDIT"), "CdtDbtInd"),
            (camt_entry("1", status=""), "Sts"),
            (camt_entry("1", status="<Sts>DONE</Sts>"), "Sts"),
            (camt_entry("1", day="2026-13-01"), "BookgDt"),
            (camt_entry("1", day=""), "BookgDt"),
        ],
    )
    def test_names_the_entry_and_the_element_that_cannot_be_read(self, entry: str, field: str) -> None:
        with pytest.raises(BankFileUnreadable) as no:
            read_camt(camt_file(camt_entry("1"), entry))
        assert (no.value.numbers["line"], no.value.numbers["field"]) == (2, field)

    @pytest.mark.parametrize(
        "raw",
        [
            b"<Document",
            b"not xml",
            b"\x00\x01",
            b'<!DOCTYPE d [<!ENTITY a "aa">]><d>&a;</d>',
            b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>',
            b'<?xml version="1.0" encoding="bogus"?><d/>',
            b"<d/>",
            camt_file(),
        ],
    )
    def test_refuses_what_is_no_statement(self, raw: bytes) -> None:
        with pytest.raises(BankFileUnreadable):
            read_camt(raw)

    def test_refuses_a_currency_that_is_none(self) -> None:
        with pytest.raises(BankFileUnreadable):
            read_camt(camt_file(camt_entry("1")), "XQQ")
