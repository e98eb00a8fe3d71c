"""Reports are written once for a business date, whoever writes them again."""

from datetime import date

from services.transactions.domain.staff_report import taken_rows
from services.transactions.use_cases.write_staff_reports import keep_report, write_staff_reports
from shared.clock import bank_now
from tests.services.transactions.day_bench import DayBench

DAY = date(2027, 11, 30)


class TestWriteStaffReports:
    def test_writes_each_once(self, days: DayBench) -> None:
        days.end_days(date(2027, 12, 1))
        written = []
        for _ in range(2):
            with days.store.write() as session:
                written.append(write_staff_reports(session, business_date=DAY, ends_month=True, at=bank_now()))
        assert written == [3, 0]

    def test_keeps_the_first_rows_that_another_service_gave(self, days: DayBench) -> None:
        kept = []
        for tickets in (1, 2):
            report = taken_rows("tickets", [{"type": "general", "tickets": tickets, "unknown": "=x"}])
            with days.store.write() as session:
                kept.append(keep_report(session, report, business_date=DAY, at=bank_now()))
        assert kept == [True, False]
        [(content,)] = days.rows("SELECT content FROM staff_reports")
        assert content.splitlines()[1] == "general,,,1,"
