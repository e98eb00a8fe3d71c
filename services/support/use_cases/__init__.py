"""What the support desk can do: one file per verb."""
