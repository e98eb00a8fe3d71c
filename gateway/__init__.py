"""The one door for browsers and API clients: it routes, checks tokens and forwards, and holds no rule of the bank."""
