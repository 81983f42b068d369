"""Other systems: signed, in each project's order, at least once, and never inside our own walls."""

import hashlib
import hmac
import json

import pytest

from core.kernel.settings import Settings
from core.notices import Subscription, WrongAddress, WrongEvents
from core.notices.webhooks import NewSubscription, Poster, list_subscriptions, resume_subscription, sign, subscribe
from core.notices.webhooks.posting import NotDelivered
from core.notices.webhooks.sending import FAILURES
from core.people import NotAllowed
from tests.core.notices.conftest import Receiver
from tests.core.notices.town import Town


async def _subscribe(town: Town, url: str, *events: str) -> tuple[Subscription, str]:
    async with town.database.unit_of_work(town.tenant.id) as uow:
        return await subscribe(
            uow,
            actor=town.person("sys"),
            clock=town.clock,
            poster=town.toolbox.poster,
            vault=town.toolbox.vault,
            new=NewSubscription(title="区平台", url=url, events=events or ("*",)),
        )


async def _make_due(town: Town) -> None:
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await uow.execute("UPDATE webhook_message SET due_at = now() WHERE sent_at IS NULL")


async def test_a_receiver_can_prove_who_sent_it_and_tell_repetitions_and_order(town: Town, receiver: Receiver) -> None:
    _, secret = await _subscribe(town, receiver.url)
    code = await town.submitted()
    await town.work()
    kinds = [json.loads(body)["kind"] for _, body in receiver.requests]
    assert kinds == ["project:registered", "stage:submitted", "document:handed_in"]
    headers, body = receiver.requests[1]
    time, _, signature = headers["lixiang-signature"].removeprefix("t=").partition(",v1=")
    assert signature == hmac.new(secret.encode(), f"{time}.".encode() + body, hashlib.sha256).hexdigest()
    payload = json.loads(body)
    assert set(payload) == {"id", "kind", "code", "project_id", "on", "seq", "detail"}
    assert (payload["code"], payload["seq"], payload["on"]) == (code, 2, "2025-09-25")
    assert payload["detail"]["opened"] == ["review"]


async def test_people_and_settings_are_nobody_elses_business(town: Town, receiver: Receiver) -> None:
    await _subscribe(town, receiver.url)
    await town.work()
    assert receiver.requests == []


async def test_only_the_kinds_asked_for_are_sent(town: Town, receiver: Receiver) -> None:
    await _subscribe(town, receiver.url, "stage:*", "project:withdrawn")
    await town.submitted()
    await town.work()
    assert [json.loads(body)["kind"] for _, body in receiver.requests] == ["stage:submitted"]


async def test_what_failed_is_sent_before_what_followed_it(town: Town, receiver: Receiver) -> None:
    await _subscribe(town, receiver.url)
    receiver.answer = lambda body: 503 if b"project:registered" in body else 200
    code = await town.submitted()
    await town.work()
    assert receiver.requests == []
    receiver.answer = lambda _: 200
    await town.passed(code)
    await _make_due(town)
    await town.work()
    seqs = [json.loads(body)["seq"] for _, body in receiver.requests]
    assert seqs == sorted(seqs)
    assert seqs[:3] == [1, 2, 3]


async def test_a_receiver_that_is_down_does_not_hold_back_another(town: Town, receiver: Receiver) -> None:
    await _subscribe(town, "http://127.0.0.1:1/down")
    await _subscribe(town, receiver.url)
    await town.submitted()
    await town.work()
    assert len(receiver.requests) == 3


async def test_after_ten_failures_it_is_disabled_the_administrator_is_told_and_nothing_is_lost(
    town: Town, receiver: Receiver
) -> None:
    made, _ = await _subscribe(town, receiver.url)
    receiver.answer = lambda _: 500
    await town.submitted()
    for _ in range(FAILURES + 2):
        await _make_due(town)
        await town.work()
    async with town.database.unit_of_work(town.tenant.id) as uow:
        (found,) = await list_subscriptions(uow, actor=town.person("sys"))
    assert (found.active, found.failures, found.last_error) == (False, FAILURES, "HTTP 500")
    (told,) = await town.notices(town.person("sys"))
    assert told.subject == "事件订阅“区平台”已停用"
    receiver.answer = lambda _: 200
    async with town.database.unit_of_work(town.tenant.id) as uow:
        await resume_subscription(uow, actor=town.person("sys"), clock=town.clock, subscription_id=made.id)
    await town.work()
    assert [json.loads(body)["seq"] for _, body in receiver.requests] == [1, 2, 3]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "ftp://example.com/hook",
        "https://user:secret@example.com/hook",
        "https:///hook",
        "https://10.0.0.1/hook",
        "https://192.168.1.1/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/hook",
        "https://[fd00::1]/hook",
        "https://0.0.0.0/hook",
        "https://example.com:port/hook",
    ],
)
async def test_an_address_that_must_not_be_called_is_refused_at_once(town: Town, url: str) -> None:
    with pytest.raises(WrongAddress):
        await _subscribe(town, url)


def _production(*, private: bool = False) -> Poster:
    return Poster(Settings(environment="production", webhooks_to_private=private))


async def test_in_production_not_even_this_machine_may_be_called(receiver: Receiver) -> None:
    poster = _production()
    for url in (receiver.url, "https://127.0.0.1/hook", "https://[::1]/hook"):
        with pytest.raises(WrongAddress):
            poster.check(url)
    with pytest.raises(NotDelivered, match="内部网络"):
        await poster.post("https://localhost/hook", "secret", b"{}")
    await poster.close()


async def test_a_deployment_may_allow_its_own_network() -> None:
    poster = _production(private=True)
    assert poster.check("https://10.0.0.1/hook").hostname == "10.0.0.1"
    with pytest.raises(WrongAddress):
        poster.check("https://169.254.169.254/latest")
    await poster.close()


async def test_only_the_system_administrator_subscribes_and_only_to_events_that_can_exist(town: Town) -> None:
    with pytest.raises(WrongEvents):
        await _subscribe(town, "https://example.com/hook", "everything")
    with pytest.raises(NotAllowed):
        async with town.database.unit_of_work(town.tenant.id) as uow:
            await list_subscriptions(uow, actor=town.wang)


async def test_the_secret_is_neither_stored_nor_journalled_as_it_is(town: Town) -> None:
    _, secret = await _subscribe(town, "https://example.com/hook")
    assert not await town.fetchval(
        "SELECT count(*) FROM webhook_subscription WHERE tenant_id = $1 AND secret LIKE '%' || $2 || '%'",
        town.tenant.id,
        secret,
    )
    assert not await town.fetchval(
        "SELECT count(*) FROM journal_entry WHERE tenant_id = $1 AND detail::text LIKE '%' || $2 || '%'",
        town.tenant.id,
        secret,
    )


def test_a_signature_covers_time_and_body() -> None:
    assert sign("s", b"{}", at=1) != sign("s", b"{}", at=2)
    assert sign("s", b"{}", at=1) != sign("s", b"{ }", at=1)
    assert sign("s", b"{}", at=1).startswith("t=1,v1=")
