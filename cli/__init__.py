"""The `strongroom` command: starts the bank on one machine, shows how it is, and plays with it over HTTP."""
