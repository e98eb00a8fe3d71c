"""What every room of the house stands on; it knows no business noun outside `contracts` and `ids`."""
