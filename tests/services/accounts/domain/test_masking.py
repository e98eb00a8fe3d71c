"""What of a customer is masked."""

from dataclasses import replace

from services.accounts.domain.masking import MASKED, masked_customer, masked_edit
from services.accounts.domain.views import AddressView, CustomerView, EditView

ADA = CustomerView(
    id="c1",
    user_id="u1",
    email="ada@demo.bank",
    phone="+4930111111",
    first_name="Ada",
    last_name="Lovelace",
    date_of_birth="1990-12-10",
    gender="female",
    occupation="engineer",
    income_minor=4_000_000,
    income_currency="EUR",
    address=AddressView("Chausseestr. 1", "Berlin", "Berlin", "10115", "DE"),
    branch_id="main",
    kyc_state="verified",
    kyc_level=2,
    status="active",
    created_at="2026-01-01T00:00:00Z",
    updated_at="2026-01-01T00:00:00Z",
    version=1,
)


class TestMaskedCustomer:
    def test_leaves_what_a_desk_tells_people_apart_by(self) -> None:
        shown = masked_customer(ADA)
        assert (shown.email, shown.phone, shown.date_of_birth) == ("a•••@demo.bank", "••••••111", "1990-••-••")
        assert (shown.income_minor, shown.income_currency) == (None, None)
        assert shown.address == AddressView("•••", "Berlin", "Berlin", "•••", "DE")

    def test_changes_no_other_field(self) -> None:
        shown = masked_customer(ADA)
        assert {name for name in ADA.__slots__ if getattr(shown, name) != getattr(ADA, name)} == set(MASKED)

    def test_takes_a_customer_without_an_address(self) -> None:
        assert masked_customer(replace(ADA, address=None)).address is None


class TestMaskedEdit:
    def test_hides_both_values_of_a_personal_field_alone(self) -> None:
        edit = EditView("e1", "phone", None, "+4930111111", "u1", None, "2026-01-01T00:00:00Z")
        assert (masked_edit(edit).old, masked_edit(edit).new) == (None, "•••")
        other = replace(edit, field="occupation", new="engineer")
        assert masked_edit(other) == other
