"""The benchmark (`make bench`): load on the shipped processes, beside what else the same disk can do."""
