"""The bank in containers: `make containers`."""
