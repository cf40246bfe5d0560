"""What the emails of an invitation say, looked up at the moment when they are sent."""

from collections.abc import Mapping
from typing import Any

from db.engine import fetch_one
from portal.invitations.codes import link_token, unique_code
from portal.invitations.rules import State

_FIND = """
SELECT i.*, c.case_reference FROM invitation i JOIN child c ON c.id = i.child WHERE i.public_id = {}
"""


async def code_facts(about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The code and until when it works; None when a newer one was sent or the code is no longer waited for."""
    row = await fetch_one(_FIND, about["invitation"])
    if row is None or row["state"] != State.CODE_SENT or row["code_version"] != about["version"]:
        return None
    return {
        "code": unique_code(row["id"], row["code_version"]),
        "reference": row["case_reference"],
        "expires_at": row["code_expires_at"],
    }


async def link_facts(about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The link's token and until when it works; None when a newer one was sent or the invitation was answered."""
    row = await fetch_one(_FIND, about["invitation"])
    if row is None or row["state"] != State.INVITED or row["link_version"] != about["version"]:
        return None
    return {
        "token": link_token(row["id"], row["link_version"]),
        "reference": row["case_reference"],
        "expires_at": row["link_expires_at"],
    }
