"""People who sign in, and what signing in remembers."""

from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
)
from piccolo.table import Table

from db.engine import DB


class Team(Table, db=DB):
    """A SEND team, with the phone and email that parents are told to use."""

    id = BigSerial(primary_key=True)
    name = Text(unique=True)
    phone = Text()
    email = Text()
    takes_new_requests = Boolean(default=True, help_text="children for whom an assessment is asked for come here")


class Account(Table, db=DB):
    """One person who can sign in: family, professional or staff (`role`)."""

    id = BigSerial(primary_key=True)
    public_id = Text(unique=True)
    role = Text(help_text="family, caseworker, manager or administrator")
    team = ForeignKey(Team, on_delete=OnDelete.restrict, null=True, default=None)
    forename = Text()
    surname = Text()
    email = Text(help_text="as the person typed it")
    email_key = Text(unique=True, help_text="the whole address in lower case; what is compared")
    password_hash = Text()
    password_changed_at = Timestamptz()
    is_professional = Boolean(default=False)
    organisation = Text(default="")
    job_title = Text(default="")
    property_name = Text(default="")
    house = Text(default="")
    street = Text(default="")
    area = Text(default="")
    town = Text(default="")
    county = Text(default="")
    postcode = Text(default="")
    telephone = Text(default="")
    date_of_birth = Date(null=True, default=None)
    is_young_person = Boolean(default=False)
    totp_secret = Text(default="", help_text="encrypted; empty when no authenticator app is used")
    totp_last_step = Integer(default=0, help_text="last accepted time step, so that a code works once")
    created_at = Timestamptz()
    disabled_at = Timestamptz(null=True, default=None)
    disabled_reason = Text(default="")


class PreviousPassword(Table, db=DB):
    """A hash that an account used before; the newest eight are refused."""

    id = BigSerial(primary_key=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    password_hash = Text()
    replaced_at = Timestamptz()


class Session(Table, db=DB):
    """A browser that did something worth remembering.

    `stage` is visitor, half (password was right, code still to come) or full.
    The cookie holds a random token; here stands only its SHA-256.
    """

    id = BigSerial(primary_key=True)
    token_hash = Bytea(unique=True)
    stage = Text()
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=True, default=None)
    created_at = Timestamptz()
    seen_at = Timestamptz()
    ends_at = Timestamptz(help_text="absolute end")
    user_agent = Text(default="")
    next_url = Text(default="", help_text="where the person was going")
    invitation = Text(default="", help_text="public id of the invitation whose link was opened here")
    flash = Text(default="", help_text="one sentence to show on the next page")
    totp_pending = Text(default="", help_text="encrypted; the secret of an authenticator app that is being set up")


class Registration(Table, db=DB):
    """What somebody typed while registering, kept between the steps."""

    id = BigSerial(primary_key=True)
    session = ForeignKey(Session, on_delete=OnDelete.cascade, unique=True, null=False)
    details = JSONB(default="{}")
    email = Text(default="")
    password_hash = Text(default="")
    updated_at = Timestamptz()


class CodeChallenge(Table, db=DB):
    """A six digit code sent by email, bound to the browser that asked for it.

    One row for a browser and purpose: a new code moves `counter` on, which kills the old one.
    """

    id = BigSerial(primary_key=True)
    session = ForeignKey(Session, on_delete=OnDelete.cascade, null=False)
    purpose = Text(help_text="register, sign_in, reset or change_email")
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=True, default=None)
    email = Text()
    secret = Text()
    counter = Integer(default=0)
    sent_at = Timestamptz()
    expires_at = Timestamptz()
    tries = Integer(default=0)
    used_at = Timestamptz(null=True, default=None)


class Throttle(Table, db=DB):
    """How often something was tried in a window; one row for each thing that is limited."""

    id = BigSerial(primary_key=True)
    key = Text(unique=True, help_text="what is limited, hashed where it is personal")
    used = Integer(default=0)
    window_ends_at = Timestamptz()
    blocked_until = Timestamptz(null=True, default=None)


class Once(Table, db=DB):
    """The answer to a form that was already taken, so that pressing twice does it once."""

    id = BigSerial(primary_key=True)
    key = Bytea(unique=True)
    result = Text(default="")
    at = Timestamptz()


class KeptForm(Table, db=DB):
    """What somebody typed when their session had run out, given back after they sign in again."""

    id = BigSerial(primary_key=True)
    session = ForeignKey(Session, on_delete=OnDelete.cascade, unique=True, null=False)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    path = Text()
    fields = JSONB(default="{}")
    at = Timestamptz()
