"""HTTP routes of identity: translate in, call, translate out."""
