"""Mail: to whom who wants it, once per entry, repeated while the server is away, given up where there is nobody."""

from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from core.kernel.database import Database
from core.notices import MailMode, WrongAddress, list_failed_mails, write_digests
from tests.core.notices.conftest import Letterbox
from tests.core.notices.town import Town, build_town


@pytest.fixture
async def posting(database: Database, tmp_path: Path, letterbox: Letterbox) -> AsyncIterator[Town]:
    """A town with a mail server."""
    built = await build_town(database, tmp_path, smtp_url=letterbox.url, mail_from="lixiang@village.gov.cn")
    yield built
    await built.toolbox.close()


def _text(letter: EmailMessage) -> str:
    return str(letter.get_content())


async def _make_due(town: Town) -> None:
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await uow.execute("UPDATE outgoing_mail SET due_at = now() WHERE tenant_id = $1", town.tenant.id)


async def test_who_wants_mail_at_once_gets_it_and_the_others_do_not(posting: Town, letterbox: Letterbox) -> None:
    await posting.wants_mail(posting.wang, "wang@village.gov.cn")
    await posting.wants_mail(posting.li, "li@village.gov.cn", MailMode.NONE)
    code = await posting.submitted()
    await posting.work()
    (letter,) = letterbox.letters
    assert (letter["To"], letter["From"]) == ("wang@village.gov.cn", "lixiang@village.gov.cn")
    assert letter["Subject"] == f"【待办】{code}“审核”待您单位办理"
    assert "请于 2025年10月9日（周四）前办理。依据：第一条。" in _text(letter)
    await posting.work()
    assert len(letterbox.letters) == 1


async def test_several_notices_of_one_entry_are_one_mail(posting: Town, letterbox: Letterbox) -> None:
    await posting.wants_mail(posting.teacher, "zhao@village.gov.cn")
    code = await posting.submitted()
    await posting.not_passed(code, ["一", "二"])
    await posting.work()
    (letter,) = letterbox.letters
    assert "需补正 2 项" in _text(letter)
    assert "进入“调整”环节" in _text(letter)


async def test_a_mail_server_that_is_away_costs_an_attempt_and_no_mail(
    database: Database, tmp_path: Path, letterbox: Letterbox
) -> None:
    away = await build_town(database, tmp_path, smtp_url="smtp://127.0.0.1:1")
    await away.wants_mail(away.wang, "wang@village.gov.cn")
    await away.submitted()
    await away.work()
    assert await away.fetchval("SELECT attempts FROM outgoing_mail WHERE tenant_id = $1", away.tenant.id) == 1
    back = await _with_server(away, letterbox)
    await _make_due(back)
    await back.work()
    assert len(letterbox.letters) == 1
    await away.toolbox.close()


async def _with_server(town: Town, letterbox: Letterbox) -> Town:
    settings = town.toolbox.services.settings.model_copy(update={"smtp_url": letterbox.url})
    town.toolbox.mailer = type(town.toolbox.mailer)(settings)
    return town


async def test_an_address_that_does_not_exist_is_given_up_where_it_can_be_seen(
    posting: Town, letterbox: Letterbox
) -> None:
    letterbox.refused.add("li@village.gov.cn")
    await posting.wants_mail(posting.wang, "wang@village.gov.cn")
    await posting.wants_mail(posting.li, "li@village.gov.cn")
    await posting.submitted()
    await posting.work()
    assert [letter["To"] for letter in letterbox.letters] == ["wang@village.gov.cn"]
    async with posting.database.unit_of_work(posting.tenant.id) as uow:
        (failed,) = await list_failed_mails(uow, 10)
    assert (failed["address"], failed["attempts"]) == ("li@village.gov.cn", 1)
    assert failed["last_error"].startswith("550")


async def test_the_digest_tells_at_eight_what_was_not_read_and_only_once(posting: Town, letterbox: Letterbox) -> None:
    await posting.wants_mail(posting.wang, "wang@village.gov.cn", MailMode.DIGEST)
    posting.clock.pass_days(1)
    await posting.submitted("school")
    await posting.submitted("clinic")
    await write_digests(posting.database, posting.tenant, posting.clock)
    await posting.work()
    assert letterbox.letters == []
    posting.clock.pass_days(1)
    for _ in range(2):
        await write_digests(posting.database, posting.tenant, posting.clock)
        await posting.work()
    (letter,) = letterbox.letters
    assert letter["Subject"] == "【每日汇总】2025年9月27日（周六）未读通知 2 条"
    posting.clock.pass_days(2)
    assert await write_digests(posting.database, posting.tenant, posting.clock) == 0


async def test_a_digest_that_was_missed_for_days_covers_them_all(posting: Town, letterbox: Letterbox) -> None:
    await posting.wants_mail(posting.wang, "wang@village.gov.cn", MailMode.DIGEST)
    posting.clock.pass_days(1)
    await posting.submitted("school")
    await posting.work()
    posting.clock.pass_days(3)
    assert await write_digests(posting.database, posting.tenant, posting.clock) == 1


@pytest.mark.parametrize("hours", [-2, -1.02])
async def test_before_eight_no_digest_is_written(posting: Town, hours: float) -> None:
    class Early:
        def today(self):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the clock's own types stand in the protocol
            return posting.clock.today()

        def now(self):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as above
            return posting.clock.now() + timedelta(hours=hours)

    await posting.wants_mail(posting.wang, "wang@village.gov.cn", MailMode.DIGEST)
    posting.clock.pass_days(1)
    assert await write_digests(posting.database, posting.tenant, Early()) == 0
    assert await posting.fetchval(
        "SELECT digested_at < now() - interval '1 day' FROM notice_preference WHERE tenant_id = $1", posting.tenant.id
    )


@pytest.mark.parametrize("email", ["", "wang", "wang@", "@village.cn", "wang@village", "a b@c.cn", "a\n@c.cn"])
async def test_an_address_that_is_none_is_refused(town: Town, email: str) -> None:
    with pytest.raises(WrongAddress):
        await town.wants_mail(town.wang, email)
