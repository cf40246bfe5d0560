"""The portal's tables and migrations, as Piccolo wants to be told of them."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="portal",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(modules=["db.tables"], exclude_imported=False),
    migration_dependencies=[],
    commands=[],
)
