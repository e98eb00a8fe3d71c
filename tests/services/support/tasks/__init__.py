"""Jobs of the support desk."""
