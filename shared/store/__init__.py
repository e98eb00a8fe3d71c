"""One store per service: engine, plumbing tables, migrations, locks."""
