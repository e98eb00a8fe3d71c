"""Files of a ticket."""

import re

import pytest

from services.support.domain.attachment import NotThatKindOfFile, TooManyAttachments
from services.support.domain.ticket import NotForCustomers, TicketClosed
from services.support.store.attachment_store import list_attachments
from services.support.store.tables import AttachmentRow, TicketRow
from services.support.use_cases.attach_file import File, attach_file
from shared.store.engine import Store
from tests.services.support.conftest import ADA, AS_ADA, SUE, THE_DESK
from tests.services.support.tickets import NOON, given_status, given_ticket

TEXT = File("note.txt", "text/plain", b"hello")


def attach(store: Store, ticket: TicketRow, file: File = TEXT, *, desk: bool = False) -> AttachmentRow:
    caller, viewer = (SUE, THE_DESK) if desk else (ADA, AS_ADA)
    with store.write() as session:
        return attach_file(session, caller=caller, viewer=viewer, ticket_id=ticket.id, file=file, now=NOON)


class TestAttachFile:
    def test_keeps_it_under_a_random_id(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        first, second = attach(store, ticket), attach(store, ticket)
        assert first.id != second.id
        assert re.fullmatch("[0-9a-f]{32}", first.id)
        assert (first.name, first.media_type, first.size_bytes) == ("note.txt", "text/plain", 5)

    def test_hides_an_internal_one_without_a_trace(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)
        attach(store, ticket, File("secret.txt", "text/plain", b"x", internal=True), desk=True)
        with store.read() as session:
            row = session.get_one(TicketRow, ticket.id)
            assert (row.version, row.updated_at) == (ticket.version, ticket.updated_at)
            assert list_attachments(session, viewer=AS_ADA, ticket_id=ticket.id) == []
            assert len(list_attachments(session, viewer=THE_DESK, ticket_id=ticket.id)) == 1

    def test_refuses_what_it_must(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        ticket = given_ticket(store, ADA)
        with pytest.raises(NotForCustomers):
            attach(store, ticket, File("a", "text/plain", b"x", internal=True))
        with pytest.raises(NotThatKindOfFile):
            attach(store, ticket, File("a.png", "image/png", b"no picture"))
        monkeypatch.setattr("services.support.use_cases.attach_file.MOST_PER_TICKET", 0)
        with pytest.raises(TooManyAttachments):
            attach(store, ticket)
        given_status(store, ticket, "closed", SUE)
        with pytest.raises(TicketClosed):
            attach(store, ticket)
