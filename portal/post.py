"""How an email leaves the service: by SMTP, or into the demo's own mailbox."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from db.tables import DemoMail
from portal.ids import public_id


@dataclass(frozen=True)
class Email:
    """One email, ready to go. `message_id` stays the same when it is sent again."""

    sender: str
    to: str
    subject: str
    text: str
    html: str
    message_id: str


class Post(Protocol):
    """Anything that takes an email away, or raises when it cannot."""

    async def send(self, email: Email) -> None: ...


@dataclass(frozen=True)
class SmtpPost:
    """Sends through the server at `url`: `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://`."""

    url: str

    async def send(self, email: Email) -> None:
        """Hand the email to the server. Raises aiosmtplib.SMTPException or OSError when it fails."""
        parts = urlsplit(self.url)
        await aiosmtplib.send(
            mime(email),
            hostname=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            timeout=20,
        )


class DemoPost:
    """Keeps every email for `/demo/mailbox`."""

    async def send(self, email: Email) -> None:
        mail = DemoMail(
            public_id=public_id(),
            sent_to=email.to,
            subject=email.subject,
            text=email.text,
            html=email.html,
            sent_at=datetime.now(UTC),
        )
        await mail.save()


def mime(email: Email) -> EmailMessage:
    """The email as text with an HTML alternative (RFC 2046), marked as sent by a machine (RFC 3834)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = email.sender, email.to, email.subject
    message["Message-ID"], message["Auto-Submitted"] = email.message_id, "auto-generated"
    message["Date"] = datetime.now(UTC)
    message.set_content(email.text)
    message.add_alternative(email.html, subtype="html")
    return message
