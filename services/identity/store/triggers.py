"""The one list of identity's triggers."""

from shared.store.triggers import Trigger, append_only, plumbing_triggers

TRIGGERS: tuple[Trigger, ...] = plumbing_triggers() + append_only("sign_in_events")
