"""Tests of identity's jobs."""
