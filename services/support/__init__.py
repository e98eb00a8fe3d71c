"""The support desk: tickets, their messages and how they were resolved."""
