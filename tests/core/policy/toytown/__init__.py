"""A toy jurisdiction: small enough to read at once, with one of everything the engine can do."""
