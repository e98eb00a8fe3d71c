"""The HTTP door that every service has: token, role, shape, problems, and the routes every service answers."""
