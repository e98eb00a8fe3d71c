"""The store of notifications, and the sandbox's mailbox."""
