"""What identity asks of other services: that a mail with a code is sent."""
