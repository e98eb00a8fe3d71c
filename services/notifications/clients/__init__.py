"""What notifications asks of other services and of the mail server."""
