"""Core as one Piccolo app: all its tables, for tools and for the test that compares them with the catalogue.

Schema changes are SQL files (docs/decisions/0003-one-migration-sequence.md); Piccolo's own migrations are not used.
"""

from importlib import import_module
from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

_HERE = Path(__file__).parent

# Every storey that keeps rows says so by having a `tables` module.
TABLE_MODULES = tuple(f"core.{path.parent.name}.tables" for path in sorted(_HERE.glob("*/tables.py")))

for _module in TABLE_MODULES:
    import_module(_module)

APP_CONFIG = AppConfig(
    app_name="core",
    migrations_folder_path=str(_HERE / "migrations" / "piccolo"),
    table_classes=table_finder(modules=list(TABLE_MODULES)),
)
