"""Attacks on a bank of real processes, on this machine only: bounded in number, and ended by themselves."""
