"""Steps that the support desk's store went through."""
