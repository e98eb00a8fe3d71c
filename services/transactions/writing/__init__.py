"""The group-commit path: intake, batch, frames."""
