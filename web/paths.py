"""Paths of this site, from what a browser says."""

from urllib.parse import quote


def safe_path(url: str) -> str:
    """`url` when it is a path of this site, otherwise an empty string (no open redirects)."""
    is_ours = url.startswith("/") and not url.startswith("//") and "\\" not in url
    return quote(url, safe="/?=&-_.~%#") if is_ours and url.isprintable() else ""
