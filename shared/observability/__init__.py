"""What a process tells about itself: logs, metrics, and the request it works for."""
