"""How an email leaves the service: by SMTP, or into the demo's own mailbox."""

import re
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


class AddressRefused(Exception):
    """The mail server says for good that there is no such address: trying again would not help."""


class Post(Protocol):
    """Anything that takes an email away, or raises when it cannot."""

    async def send(self, email: Email) -> None: ...


@dataclass(frozen=True)
class SmtpPost:
    """Sends through the server at `url`: `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://`.

    Reports about emails that cannot be delivered go to `bounces_to`; to the sender's own address when it is empty.
    """

    url: str
    bounces_to: str = ""

    async def send(self, email: Email) -> None:
        """Hand the email to the server.

        Raises AddressRefused when it knows no such address, aiosmtplib.SMTPException or OSError when it fails.
        """
        try:
            await self._send(email)
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(no_such_address(one.code, one.message) for one in error.recipients):
                raise AddressRefused from error
            raise

    async def _send(self, email: Email) -> None:
        parts = urlsplit(self.url)
        await aiosmtplib.send(
            mime(email),
            sender=self.bounces_to or None,
            hostname=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            timeout=20,
        )


def no_such_address(code: int, message: str) -> bool:
    """Whether a server's answer to an address is final, and about the address (RFC 5321 4.2.3, RFC 3463 3.2 and 3.3).

    An answer 5.7.x is about the sender or a policy: the address may be right, and a later try may go through.
    """
    enhanced = _ENHANCED.match(message)
    if enhanced:
        return enhanced[1] in {"1", "2"} and 500 <= code < 600
    return code in {550, 551, 553}


_ENHANCED = re.compile(r"5\.(\d{1,3})\.\d{1,3}\b")


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
