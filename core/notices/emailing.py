"""Notices by mail: written down by the consumer `email` in its transaction, sent afterwards, repeated until it is over.

A mail that left just before the process died is sent again; its Message-ID is the same, so that a mail server can tell.
"""

import ssl
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
import structlog

from core.journal import Recorded
from core.kernel.clock import Clock
from core.kernel.database import Database, UnitOfWork
from core.kernel.settings import Settings
from core.kernel.tenancy import Tenant
from core.notices import mails, repository
from core.notices.composing import compose, own_part
from core.notices.gathering import gather
from core.notices.mails import NewMail
from core.notices.model import TOPIC_TITLES, Draft, Mail, MailMode, Told
from core.policy.rulebooks.registry import Registry

_log = structlog.get_logger(__name__)

ATTEMPTS = 8
_AT_A_TIME = 50
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=6)
_PERMANENT = range(500, 600)


class Mailer:
    """The mail server of a deployment: `smtp://[user:password@]host:port`, or `smtps://` for TLS from the start.

    With `smtp` the connection turns to TLS where the server offers it. Without an address nobody is written to.
    """

    def __init__(self, settings: Settings, *, timeout_seconds: float = 10.0) -> None:
        parts = urlsplit(settings.smtp_url)
        self.is_configured = bool(parts.hostname)
        self._host, self._port = parts.hostname or "", parts.port or (465 if parts.scheme == "smtps" else 25)
        self._tls = parts.scheme == "smtps"
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._timeout = timeout_seconds
        self.sender, self.base_url = settings.mail_from, settings.base_url

    async def send(self, tenant: Tenant, some: Sequence[Mail], clock: Clock) -> dict[Mail, str]:
        """Send over one connection; the answer names what was not taken, and why.

        Raises: OSError, aiosmtplib.SMTPException when the server does not answer at all.
        """
        refused: dict[Mail, str] = {}
        async with aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            use_tls=self._tls,
            username=self._user,
            password=self._password,
            timeout=self._timeout,
            tls_context=ssl.create_default_context(),
        ) as server:
            for mail in some:
                try:
                    await server.send_message(self._message(tenant, mail, clock))
                except aiosmtplib.SMTPRecipientsRefused as error:
                    first = error.recipients[0]
                    refused[mail] = f"{first.code} {first.message}"
                except aiosmtplib.SMTPResponseException as error:
                    refused[mail] = f"{error.code} {error.message}"
        return refused

    def _message(self, tenant: Tenant, mail: Mail, clock: Clock) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self.sender, mail.address
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{mail.id}@{self.sender.rpartition('@')[2] or 'lixiang'}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{mail.body}\n\n{tenant.name}　立项\n{self.base_url}/\n（系统邮件，请勿回复）\n")
        return message


async def write_mails(uow: UnitOfWork, registry: Registry, clock: Clock, entries: Sequence[Recorded]) -> int:
    """Write down the mails that a batch of entries makes due at once, one per account and entry."""
    matters = await gather(uow, registry, entries)
    return await mail(uow, clock, [own_part(compose(matter)) for matter in matters])


async def mail(uow: UnitOfWork, clock: Clock, composed: Sequence[Told]) -> int:
    """Write down the mails that composed notices make due at once; the answer is how many are new."""
    told = [(one, draft) for one in composed for draft in one.drafts]
    if not told:
        return 0
    drafts = [draft for _, draft in told]
    rows = await repository.addressed(uow, drafts, mode=str(MailMode.IMMEDIATE), on=clock.today())
    letters: dict[tuple[UUID, UUID], tuple[str, list[Draft]]] = {}
    for row in rows:
        one, draft = told[row["n"]]
        letters.setdefault((one.entry_id, row["account_id"]), (row["email"], []))[1].append(draft)
    return await mails.insert_mails(
        uow, [_letter(entry, account, email, parts) for (entry, account), (email, parts) in letters.items()]
    )


def _letter(entry_id: UUID, account_id: UUID, email: str, parts: list[Draft]) -> NewMail:
    drafts = list({draft.subject: draft for draft in parts}.values())
    first = drafts[0]
    return NewMail(
        account_id=account_id,
        source=f"entry:{entry_id}",
        address=email,
        subject=f"【{TOPIC_TITLES[first.topic]}】{first.subject}",
        body="\n\n".join(draft.body for draft in drafts),
    )


async def send_due(database: Database, tenant: Tenant, mailer: Mailer, clock: Clock) -> int:
    """Send what is due, one batch; the answer is how many mails left. A server that is down costs one attempt."""
    if not mailer.is_configured:
        return 0
    async with database.unit_of_work(tenant.id) as uow:
        leased = await mails.lease_mails(uow, _AT_A_TIME)
    if not leased:
        return 0
    try:
        refused = await mailer.send(tenant, leased, clock)
    except (OSError, aiosmtplib.SMTPException) as error:
        refused = dict.fromkeys(leased, f"{type(error).__name__}: {error}")
    async with database.unit_of_work(tenant.id) as uow:
        sent = [mail.id for mail in leased if mail not in refused]
        if sent:
            await mails.mark_sent(uow, sent)
        for mail, reason in refused.items():
            give_up = mail.attempts >= ATTEMPTS or _is_permanent(reason)
            pause = min(_FIRST_PAUSE * 2 ** (mail.attempts - 1), _LONGEST_PAUSE)
            await mails.mark_failed(uow, mail, reason, pause=pause, give_up=give_up)
    if refused:
        _log.warning("mail_not_sent", tenant=tenant.code, mails=len(refused), reason=next(iter(refused.values())))
    return len(sent)


def _is_permanent(error: str) -> bool:
    code = error[:3]
    return code.isdigit() and int(code) in _PERMANENT
