"""The codes of six digits: emailed ones (HOTP, RFC 4226), and those of authenticator apps (TOTP, RFC 6238)."""

import hmac
from datetime import datetime, timedelta

import pyotp

from portal.sign_in.rules import normalise_code

AUTHENTICATOR_STEP = timedelta(seconds=30)
"""How long an authenticator app shows one code (RFC 6238)."""


def new_secret() -> str:
    """A random secret of 160 bits in base32, for emailed codes or an authenticator app (RFC 4226)."""
    return pyotp.random_base32(32)


def code_at(secret: str, counter: int) -> str:
    """The code of six digits that `secret` makes for `counter` (HOTP, RFC 4226)."""
    return pyotp.HOTP(secret).at(counter)


def matching_step(secret: str, typed: str, *, at: datetime) -> int | None:
    """The time step whose authenticator code was typed, now or one step either side; None when none.

    Keep the step and refuse it, and any before it, from then on: a code works once (RFC 6238 section 5.2).
    `at` must know its time zone.
    """
    code = normalise_code(typed).encode("utf-8", "surrogatepass")
    now = int(at.timestamp() // AUTHENTICATOR_STEP.total_seconds())
    nearby = [step for step in (now, now - 1, now + 1) if step >= 0]
    right = [step for step in nearby if hmac.compare_digest(code_at(secret, step).encode(), code)]
    return right[0] if right else None


def authenticator_address(secret: str, *, email: str, issuer: str) -> str:
    """The `otpauth://` address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)
