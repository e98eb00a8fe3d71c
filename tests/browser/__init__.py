"""The web app in a real Chromium against a running bank."""
