"""The one sequence of schema changes: numbered SQL files, core's first, then those of the tenants floor."""

from core.migrations.runner import MigrationRefused, files_of, migrate, pending

__all__ = ["MigrationRefused", "files_of", "migrate", "pending"]
