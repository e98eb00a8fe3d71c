"""Steps that the store of notifications went through."""
