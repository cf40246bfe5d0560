"""A manager finds an account by its whole address and reads it. Both stand in the audit trail."""

from datetime import datetime

from portal import audit, throttle
from portal.accounts import second_factor
from portal.accounts.rules import IdentityCheck
from portal.actor import Actor
from portal.errors import Refused
from portal.look_up import rules
from portal.look_up.queries import AccountPage, account_page, accounts_at

NO_APP = "There is no authenticator app to forget. Look at the account once more."


async def find(actor: Actor, email: str, *, now: datetime) -> str:
    """The account (its public id) at this whole address, or the last one that was closed there; empty when none is.

    A try that finds nothing is audited here, without the address; one that finds an account when it is read.
    Raises Refused for anyone but a manager, or TooManyTries.
    """
    rules.check_may_look(actor)
    await throttle.spend(rules.LOOK_UPS, actor.public_id, now=now, message=rules.TOO_MANY)
    found = next(iter(await accounts_at(email)), "")
    if not found:
        await audit.record("staff:account:looked_up", now=now, actor=actor, detail={"found": False})
    return found


async def read(actor: Actor, public_id: str, *, now: datetime) -> AccountPage:
    """One account. Raises Refused for anyone but a manager, or NotFound."""
    rules.check_may_look(actor)
    found = await account_page(public_id, now=now)
    await audit.record("staff:account:looked_up", now=now, actor=actor, subject=public_id)
    return found


async def forget_app(actor: Actor, account: AccountPage, check: IdentityCheck, *, now: datetime) -> str:
    """Codes come by email again for whoever lost their telephone. Gives the account's public id.

    A colleague's app is reset where colleagues are (`staff.people`). Raises Refused when there is no app to forget.
    """
    rules.check_may_look(actor)
    if not account.may_forget_app:
        raise Refused(NO_APP)
    return await second_factor.forget_lost_of_account(
        actor, account.id, account.public_id, account.email, check, now=now
    )
