"""Triggers of the support desk's store: what somebody wrote to a ticket stays as written."""

from shared.store.triggers import Trigger, append_only, plumbing_triggers

TRIGGERS: tuple[Trigger, ...] = (
    *plumbing_triggers(),
    *append_only("messages"),
    *append_only("ratings"),
    *append_only("attachments"),
    *append_only("attachment_contents"),
)
