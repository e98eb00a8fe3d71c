"""How services speak to each other: keys, tokens, calls with deadlines and breakers."""
