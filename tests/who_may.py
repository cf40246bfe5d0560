"""The one table of who may do what, for the test that tries every address as everybody.

The child is Priya, and everything else in an address is Ben's: his message, his form, his file, and so on.
"""

from collections.abc import Mapping

from web.access import Access

FAMILY = frozenset("ben amal priya_herself ann carol fay".split())
"""Ben owns what is in the addresses. Amal is the other parent, Ann works with Priya, Carol is another child's
parent, and Fay's access has ended."""

STAFF = frozenset("dee gus ed mo".split())
"""Dee is the caseworker, Gus of another team covers for her, Ed of that team does not, Mo manages."""

OUTSIDE = frozenset("nobody half disabled".split())
"""Not signed in, after the password only, and a colleague whose account was disabled while signed in."""

EVERYBODY = tuple(sorted(FAMILY | STAFF | OUTSIDE))

MAY_ENTER: Mapping[Access, frozenset[str]] = {
    Access.PUBLIC: FAMILY | STAFF | OUTSIDE,
    Access.DEMO: FAMILY | STAFF | OUTSIDE,
    Access.HALF: frozenset({"half"}),
    Access.FAMILY: FAMILY,
    Access.STAFF: STAFF,
    Access.MANAGER: frozenset({"mo"}),
    Access.SIGNED_IN: FAMILY | STAFF,
}

WITH_ACCESS = frozenset("ben amal priya_herself ann".split())
ACTING = WITH_ACCESS - {"ann"}
"""Those who act for Priya: whoever only works with her does not read letters, advice and drafts."""

SEES_PRIYA = frozenset("dee gus mo".split())

CHILD = "/children/{child:str}"

OF_FAMILY: Mapping[str, frozenset[str]] = {
    "/actions/{action:str}": frozenset({"ben"}),
    "/advice": ACTING,
    "/decisions": ACTING,
    "/documents/{document:str}": frozenset({"ben"}),
    "/documents/all.zip": frozenset({"ben"}),
    "/draft-plan": ACTING,
    "/draft-plan/": frozenset({"ben"}),
    "/files/{file:str}": frozenset({"ben"}),
    "/messages/{message:str}": frozenset({"ben"}),
    "/opened": ACTING,
    "/stop": frozenset({"ann"}),
    "/who-sees": frozenset({"priya_herself"}),
}
"""Below the child's address: who may, where not everybody with access may. The longest beginning counts."""

OF_TEAM = ("/staff/children/{child:str}", "/staff/access/{relationship:str}", "/staff/tasks/{task:str}")
"""Addresses of the SEND team that are about Priya."""


def is_about_priya(path: str) -> bool:
    """Whether there is something of hers at this address, in this test."""
    return path.startswith((CHILD, *OF_TEAM)) and path not in NOT_NOW


def who_may(path: str, access: Access) -> frozenset[str]:
    """Everybody for whom there is something at this address."""
    enters = MAY_ENTER[access]
    if path.startswith(CHILD):
        below = path.removeprefix(CHILD)
        longest = max((one for one in OF_FAMILY if below.startswith(one)), key=len, default="")
        return enters & OF_FAMILY.get(longest, WITH_ACCESS)
    return enters & SEES_PRIYA if path.startswith(OF_TEAM) else enters


NOT_NOW = frozenset(
    {
        "/children/{child:str}/actions/{action:str}/check",
        "/children/{child:str}/actions/{action:str}/{question:str}",
        "/children/{child:str}/key-dates/{name:str}",
        "/staff/children/{child:str}/request",
    }
)
"""Right in the table and yet not there in this test: a form that was sent in, a request that was made on paper."""
