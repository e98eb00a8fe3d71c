"""The HTTP door of the support desk."""
