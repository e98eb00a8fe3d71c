"""The rules of identity: plain Python, no clock, no I/O."""
