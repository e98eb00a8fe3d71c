"""What accounts keeps."""
