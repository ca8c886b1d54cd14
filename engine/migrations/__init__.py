"""The schema of the engine, file by file (``engine/storage/migrate.py`` applies them)."""
