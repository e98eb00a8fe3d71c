"""The triggers of the accounts store: history and rates stay as they were written."""

from shared.store.triggers import Trigger, append_only, plumbing_triggers

TRIGGERS: tuple[Trigger, ...] = (
    *plumbing_triggers(),
    *append_only("account_edits"),
    *append_only("customer_edits"),
    *append_only("product_versions"),
    *append_only("rates"),
    *append_only("withdrawn_rates"),
    *append_only("addresses"),
    *append_only("closed_accounts"),
    *append_only("customer_notes"),
)
