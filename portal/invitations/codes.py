"""The code and the link of an invitation, computed whenever they are needed and never stored.

Both are made from the service's secret, the invitation's id and a version: a new version ends the old one.
"""

from portal import keys
from portal.invitations import rules


def unique_code(invitation: int, version: int) -> str:
    """The code of "Your unique code", such as `7KQ4-M2XP`."""
    return rules.unique_code_from(keys.mac("unique_code", invitation, version))


def link_token(invitation: int, version: int) -> str:
    """The end of the address in "Accept Portal Invitation"."""
    return keys.token("invitation_link", invitation, version)


def link_hash(token: str) -> str:
    """What a link is looked up by: the hex SHA-256 of its token."""
    return rules.hash_token(token).hex()
