"""What the worker asks of notices besides sending: what is due to be sent, and what may be forgotten."""

from datetime import datetime

from core.kernel.database import UnitOfWork
from core.notices import mails
from core.notices.webhooks import repository as messages

MAIL = "send_mail"
WEBHOOKS = "send_webhooks"


async def due(uow: UnitOfWork) -> dict[str, datetime]:
    """Which kinds of sending have something to do now, and since when."""
    found = {MAIL: await mails.oldest_due(uow), WEBHOOKS: await messages.oldest_due(uow)}
    return {name: since for name, since in found.items() if since is not None}


async def forget_sent(uow: UnitOfWork, *, before: datetime) -> int:
    """Delete mails and messages that arrived before an instant; what was given up stays until somebody looks."""
    return await mails.delete_sent(uow, before) + await messages.delete_sent(uow, before)
