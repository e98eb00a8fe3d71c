"""What identity does about facts of others."""
