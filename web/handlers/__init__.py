"""Every handler of the portal, gathered from the modules beside this one."""

import importlib
import pkgutil

from litestar.handlers import HTTPRouteHandler


def every_handler() -> list[HTTPRouteHandler]:
    """All route handlers that are defined in this package, at any depth."""
    found: dict[int, HTTPRouteHandler] = {}
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, HTTPRouteHandler):
                found[id(thing)] = thing
    return list(found.values())
