"""Journeys through the whole bank, on its real processes."""
