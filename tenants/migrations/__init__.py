"""Schema of the tenants floor; applied by core.migrations after core's own files."""
