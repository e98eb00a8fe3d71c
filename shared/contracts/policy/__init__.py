"""Who may call what: one table per service, as data."""
