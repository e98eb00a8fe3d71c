"""Triggers of the ledger's store: what is booked stays booked."""

from shared.store.triggers import append_only, plumbing_triggers

TRIGGERS = (
    *plumbing_triggers(),
    *append_only("journal_entries"),
    *append_only("postings"),
    *append_only("end_of_day_balances"),
    *append_only("interest_accruals"),
    *append_only("statements"),
    *append_only("statement_prints"),
    *append_only("staff_reports"),
    *append_only("used_step_ups"),
    *append_only("confirmed_payees"),
)
