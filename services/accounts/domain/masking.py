"""What of a person's data staff see of it before they have said why they need to see all."""

from dataclasses import replace

from services.accounts.domain.customer import mask_email, mask_phone
from services.accounts.domain.views import CustomerView, EditView

HIDDEN = "•••"
HIDDEN_OF_ADDRESS = {"street": HIDDEN, "postal_code": HIDDEN}
"""What stands in a masked address; the town stays."""
MASKED = ("email", "phone", "date_of_birth", "income_minor", "income_currency", "address")
"""The fields of a customer that are masked: how to reach them, when they were born, what they earn, where they live."""


def masked_customer(customer: CustomerView) -> CustomerView:
    """Mask a customer: names stay, so do the town and the year of birth; the income goes."""
    home = customer.address
    return replace(
        customer,
        email=mask_email(customer.email),
        phone=mask_phone(customer.phone),
        date_of_birth=f"{customer.date_of_birth[:4]}-••-••",
        income_minor=None,
        income_currency=None,
        address=None if home is None else replace(home, **HIDDEN_OF_ADDRESS),
    )


def masked_edit(edit: EditView) -> EditView:
    """Mask what a personal field said before and after; that it was changed, by whom and when stays."""
    if edit.field not in MASKED:
        return edit
    return replace(edit, old=edit.old and HIDDEN, new=edit.new and HIDDEN)
