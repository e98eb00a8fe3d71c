"""Tests of accounts: tasks."""
