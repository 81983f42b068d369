"""The daily digest (每日汇总): one mail at eight in the morning with what is unread since the one before.

It reaches up to a minute ago: what is being written at this moment belongs to the next one. That an account got its
digest stands in the row that chooses it, written in one transaction with the mail: the job may run twice, or not at
all for a day, and nobody is written to twice or misses a notice.
"""

from datetime import datetime, time, timedelta

from core.kernel.clock import SHANGHAI, Clock
from core.kernel.database import Database
from core.kernel.tenancy import Tenant
from core.kernel.workdays.ledger import chinese_day
from core.notices import mails
from core.notices.mails import NewMail
from core.notices.model import TOPIC_TITLES, Topic

AT = time(8, 0)
_ACCOUNTS_AT_ONCE = 50
_LINES = 200
_SETTLED = timedelta(minutes=1)


async def write_digests(database: Database, tenant: Tenant, clock: Clock) -> int:
    """Write down the digests that are due; nothing before eight. The answer is how many have something to say."""
    until, today = clock.now() - _SETTLED, clock.today()
    eight = datetime.combine(today, AT, SHANGHAI)
    written = 0
    if until < eight:
        return written
    while True:
        async with database.unit_of_work(tenant.id) as uow:
            due = await mails.take_digests(uow, before=eight, now=until, limit=_ACCOUNTS_AT_ONCE)
            letters = []
            for account in due:
                lines = await mails.digest_lines(
                    uow, account["account_id"], since=account["since"], until=until, on=today, limit=_LINES
                )
                if lines:
                    body = "\n".join(
                        f"{n}．【{TOPIC_TITLES[Topic(x['topic'])]}】{x['body']}" for n, x in enumerate(lines, 1)
                    )
                    letters.append(
                        NewMail(
                            account_id=account["account_id"],
                            source=f"digest:{today.isoformat()}",
                            address=account["email"],
                            subject=f"【每日汇总】{chinese_day(today)}未读通知 {len(lines)} 条",
                            body=body,
                        )
                    )
            written += await mails.insert_mails(uow, letters)
        if len(due) < _ACCOUNTS_AT_ONCE:
            return written
