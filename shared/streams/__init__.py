"""Streams between services: the relay that publishes the outbox and the readers that apply other services' facts."""
