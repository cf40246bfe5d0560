"""Everything that is made from the service's one secret.

Each use has its own key, so that a value made for one purpose is worth nothing for another.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet

_secret = b""


def install(secret: str) -> None:
    """Set the service's secret (at least 32 characters) once, when a process starts."""
    global _secret
    _secret = secret.encode()


def mac(purpose: str, *parts: str | bytes | int) -> bytes:
    """32 bytes that only this service can make from `parts`, for one `purpose`."""
    assert _secret, "keys.install has not been called"
    key = hmac.digest(_secret, purpose.encode(), "sha256")
    message = b"\x00".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)
    return hmac.digest(key, message, "sha256")


def token(purpose: str, *parts: str | bytes | int) -> str:
    """`mac` as 43 characters that may stand in an address."""
    return base64.urlsafe_b64encode(mac(purpose, *parts)).rstrip(b"=").decode()


def encrypt(text: str) -> str:
    """`text` in a form that only this service can read again; used for authenticator secrets."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """What `encrypt` was given."""
    return _fernet().decrypt(text.encode()).decode()


def same(one: str | bytes, other: str | bytes) -> bool:
    """Whether two secrets are equal, in a time that tells nothing about them."""
    return hmac.compare_digest(_bytes(one), _bytes(other))


def digest(value: str) -> bytes:
    """SHA-256, for random tokens that are looked up by their digest."""
    return hashlib.sha256(value.encode()).digest()


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(mac("encryption", "fernet")))
