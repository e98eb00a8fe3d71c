"""The rules of a ticket."""

import pytest

from services.support.domain.ticket import (
    DEFAULT_RESOLUTION,
    NotForCustomers,
    Status,
    StepNotAllowed,
    TicketClosed,
    TicketNotFound,
    UnknownAccount,
    VersionMismatch,
    Viewer,
    check_account_owner,
    check_version,
    check_visible,
    number_of,
    reopen,
    resolution_text,
    status_after_message,
    step,
)


class TestStep:
    @pytest.mark.parametrize(
        ("current", "wanted"),
        [("open", "in-progress"), ("in-progress", "waiting-on-customer"), ("resolved", "closed"), ("open", "open")],
    )
    def test_goes_forward(self, current: Status, wanted: Status) -> None:
        assert step(current=current, wanted=wanted) == wanted

    @pytest.mark.parametrize(("current", "wanted"), [("resolved", "open"), ("closed", "in-progress")])
    def test_leaves_an_end_only_by_reopening(self, current: Status, wanted: Status) -> None:
        with pytest.raises(StepNotAllowed):
            step(current=current, wanted=wanted)
        assert reopen(current=current) == "open"

    def test_does_not_reopen_what_is_open(self) -> None:
        with pytest.raises(StepNotAllowed):
            reopen(current="in-progress")


class TestMessage:
    def test_of_staff_starts_the_work(self) -> None:
        assert status_after_message(current="open", author="staff", internal=False) == "in-progress"

    def test_of_the_customer_ends_the_waiting(self) -> None:
        assert status_after_message(current="waiting-on-customer", author="customer", internal=False) == "in-progress"

    def test_that_is_internal_changes_nothing(self) -> None:
        assert status_after_message(current="closed", author="staff", internal=True) == "closed"

    def test_that_is_internal_is_not_written_by_customers(self) -> None:
        with pytest.raises(NotForCustomers):
            status_after_message(current="open", author="customer", internal=True)

    def test_is_refused_on_a_closed_ticket(self) -> None:
        with pytest.raises(TicketClosed):
            status_after_message(current="closed", author="customer", internal=False)


class TestVisibility:
    def test_is_for_the_desk_and_the_own_customer(self) -> None:
        check_visible(viewer=Viewer(is_desk=True, customer_id=None), ticket_customer_id="ada")
        check_visible(viewer=Viewer(is_desk=False, customer_id="ada"), ticket_customer_id="ada")

    @pytest.mark.parametrize("other", ["ben", None])
    def test_is_for_nobody_else(self, other: str | None) -> None:
        with pytest.raises(TicketNotFound):
            check_visible(viewer=Viewer(is_desk=False, customer_id=other), ticket_customer_id="ada")

    def test_of_an_account_needs_its_owner(self) -> None:
        check_account_owner(customer_id="ada", owners=["ben", "ada"])
        with pytest.raises(UnknownAccount):
            check_account_owner(customer_id="cleo", owners=["ben", "ada"])


class TestWords:
    def test_give_a_number_that_people_can_say(self) -> None:
        assert number_of(sequence=100_023) == "T-100023"

    @pytest.mark.parametrize("given", [None, "", "  "])
    def test_give_a_default_resolution(self, given: str | None) -> None:
        assert resolution_text(given=given) == DEFAULT_RESOLUTION

    def test_refuse_an_older_version(self) -> None:
        check_version(current=2, seen=2)
        with pytest.raises(VersionMismatch):
            check_version(current=3, seen=2)
