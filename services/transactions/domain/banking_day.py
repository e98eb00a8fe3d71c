"""The steps of an end of day, in their order; each can be taken up again where it was left."""

STEPS = (
    "expire-holds",
    "run-orders",
    "accrue-interest",
    "post-interest",
    "charge-fees",
    "mark-dormancy",
    "close-date",
)
"""`close-date` keeps the end-of-day balances in the transaction that opens the next business date."""


def step_after(step: str) -> str | None:
    """Give the step that follows one, None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None
