"""Celery workers: the message carries a job id, the job row is the record."""
