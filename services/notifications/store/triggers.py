"""Triggers of the store of notifications: what an announcement said before stays as it was."""

from shared.store.triggers import Trigger, append_only, plumbing_triggers

TRIGGERS: tuple[Trigger, ...] = (*plumbing_triggers(), *append_only("announcement_edits"))
