"""Settings, composition root, command line, embedded PostgreSQL launcher."""
