"""Where Piccolo's own command line finds the engine and the tables."""

import os

from piccolo.conf.apps import AppRegistry

from db.engine import DB, point_at

if os.environ.get("DATABASE_URL"):
    point_at(os.environ["DATABASE_URL"])

__all__ = ["APP_REGISTRY", "DB"]

APP_REGISTRY = AppRegistry(apps=["db.piccolo_app"])
