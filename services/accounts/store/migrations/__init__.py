"""How the store of accounts came to its shape."""
