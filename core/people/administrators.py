"""The three separated administrators (三员分立): one person, one office, and no office without a holder.

How the first three come to be stands in `seeding`, because they need each other to exist. The walls are in the
database as well: the kind of an account is part of the key of a post.
"""

from core.kernel.database import UnitOfWork
from core.people import repository
from core.people.model import (
    ADMINISTRATIONS,
    Account,
    AccountKind,
    AccountState,
    LastAdministrator,
    OneAdministration,
    PersonCodeMissing,
)

OFFICES = (AccountKind.SYSTEM, AccountKind.SECURITY, AccountKind.AUDIT)


async def list_administrators(uow: UnitOfWork) -> tuple[Account, ...]:
    """Who holds which office, whatever the state."""
    return await repository.list_accounts(uow, kinds=OFFICES)


async def refuse_second_office(uow: UnitOfWork, *, kind: AccountKind, person_code: str | None) -> None:
    """Refuse a person who is an administrator already; an officer may be anybody.

    Raises: PersonCodeMissing, OneAdministration.
    """
    if kind not in ADMINISTRATIONS:
        return
    if not person_code:
        raise PersonCodeMissing
    for account in await list_administrators(uow):
        if account.person_code == person_code and account.state is not AccountState.CLOSED:
            raise OneAdministration


async def refuse_to_lose_the_last(uow: UnitOfWork, account: Account) -> None:
    """Refuse to take out the last active administrator of an office: nobody could let another one in.

    Raises: LastAdministrator.
    """
    if not account.is_administrator or account.state is not AccountState.ACTIVE:
        return
    others = await repository.list_accounts(uow, kinds=(account.kind,), state=AccountState.ACTIVE, lock=True)
    if all(other.id == account.id for other in others):
        raise LastAdministrator
