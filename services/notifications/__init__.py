"""Notifications: announcements, everybody's inbox, and the mails that leave the bank."""
