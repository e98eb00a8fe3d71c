"""Facts, callers and policy rows: the words that services share."""
