"""Triggers of the store of notifications: those of the plumbing; its own tables change state."""

from shared.store.triggers import Trigger, plumbing_triggers

TRIGGERS: tuple[Trigger, ...] = plumbing_triggers()
