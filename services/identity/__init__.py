"""Who may sign in, and how others can tell: users, sessions, keys and service tokens."""
