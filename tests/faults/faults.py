"""The faults: each says how it hurts, and which safeguard its control run takes away."""

import asyncio
import signal
import time

import asyncpg
from redis import Redis

from tests.faults.clients import Habits
from tests.faults.playing import Control, Fault, Hand, as_admin
from tests.faults.town import Town, signal_tree, wait

FRESH = Habits(hang_up=0.3, fresh_keys=True, patience=5)
_TERMINATE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE usename = 'lixiang_app' AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_DOUBLE = (
    "INSERT INTO notice SELECT (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid(), 'effect', "
    "n.effect || '-again'))).* FROM notice n LIMIT 1"
)


def kill_web(hand: Hand) -> int:
    return _kill(hand, "serve")


def kill_worker(hand: Hand) -> int:
    return _kill(hand, "worker")


def _kill(hand: Hand, name: str) -> int:
    strikes, until = 0, time.monotonic() + hand.seconds
    while time.monotonic() < until:
        hand.sleep(0.2, 1.0)
        hand.town.kill(name)
        strikes += 1
        hand.town.await_recovery()
        hand.work(acts=hand.dice.randrange(1, 12))
    return strikes


def kill_postgres(hand: Hand) -> int:
    strikes, until = 0, time.monotonic() + hand.seconds
    while time.monotonic() < until:
        hand.work(acts=hand.dice.randrange(10, 40))
        hand.town.kill_server("postgres")
        strikes += 1
        hand.town.start_server("postgres")
        hand.town.await_recovery()
    return strikes


def terminate_connections(hand: Hand) -> int:
    strikes, until = 0, time.monotonic() + hand.seconds
    while time.monotonic() < until:
        as_admin(hand.town, _TERMINATE)
        strikes += 1
        time.sleep(0.2)
    return strikes


def freeze_postgres(hand: Hand) -> int:
    pid = hand.town.server_pid("postgres")
    signal_tree(pid, signal.SIGSTOP)
    time.sleep(hand.seconds)
    signal_tree(pid, signal.SIGCONT)
    return 1


def kill_valkey(hand: Hand) -> int:
    strikes, until = 0, time.monotonic() + hand.seconds
    while time.monotonic() < until:
        hand.sleep(0.2, 0.8)
        hand.town.kill_server("valkey")
        for file in (hand.town.root / "valkey").rglob("*"):
            if file.is_file():
                file.unlink()
        hand.work(acts=6)
        hand.town.start_server("valkey")
        strikes += 1
    return strikes


def make_valkey_read_only(hand: Hand) -> int:
    client = Redis.from_url(hand.town.settings.redis_url)
    client.config_set("maxmemory", "1")
    hand.work(acts=20)
    time.sleep(hand.seconds)
    client.config_set("maxmemory", "0")
    client.close()
    return 1


def only_load(hand: Hand) -> int:
    """The clients themselves are the fault: they hang up."""
    before = len(hand.load.acknowledged)
    time.sleep(hand.seconds)
    hand.work(acts=20)
    return len(hand.load.acknowledged) - before


def exhaust_pool(hand: Hand) -> int:
    """Somebody holds the table everything needs, until every connection of web waits for it."""

    async def hold() -> None:
        connection = await asyncpg.connect(hand.town.admin_url)
        async with connection.transaction():
            await connection.execute("LOCK TABLE project IN ACCESS EXCLUSIVE MODE")
            await asyncio.sleep(hand.seconds)
        await connection.close()

    asyncio.run(hold())
    return 1


def stop_workers_then_start_two(hand: Hand) -> int:
    """Nobody relays for a while; then two workers and their schedules at once."""
    hand.town.stop("worker")
    hand.work(acts=30)
    hand.town.start("worker-1", "worker-2")
    time.sleep(hand.seconds)
    return 1


def no_worker(place: Town) -> None:
    """Control: whoever relays is gone for good, and what happens afterwards is owed for ever."""
    place.stop_all("worker")
    as_admin(
        place,
        "INSERT INTO outbox (tenant_id, entry_id, chain_id, seq, kind, created_at) SELECT tenant_id, id, chain_id, seq,"
        " kind, now() FROM journal_entry ORDER BY recorded_at DESC LIMIT 1",
    )


def double_a_notice(place: Town) -> None:
    """Control: one notice is there twice, once there is one."""
    wait(lambda: as_admin(place, _DOUBLE) == "INSERT 0 1", 30, "no notice to double")


_NO_DISK_WAIT = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}

FAULTS = (
    Fault(
        name="kill-web",
        title="kill -9 of web in the middle of transitions",
        hurt=kill_web,
        control=Control(finds="doubled", habits=FRESH),
    ),
    Fault(
        name="kill-worker",
        title="kill -9 of the worker in the middle of jobs",
        hurt=kill_worker,
        control=Control(finds="undelivered", spoil=no_worker),
    ),
    Fault(
        name="kill-postgres",
        title="kill -9 of all of PostgreSQL",
        hurt=kill_postgres,
        control=Control(finds="lost", database=_NO_DISK_WAIT, habits=Habits(patience=5)),
    ),
    Fault(
        name="terminate",
        title="every database connection terminated every 200 ms",
        hurt=terminate_connections,
        control=Control(finds="doubled", habits=FRESH),
    ),
    Fault(
        name="freeze",
        title="PostgreSQL frozen",
        hurt=freeze_postgres,
        control=Control(finds="doubled", habits=FRESH),
    ),
    Fault(
        name="kill-valkey",
        title="Valkey killed and wiped",
        hurt=kill_valkey,
        control=Control(finds="undelivered", spoil=no_worker),
    ),
    Fault(
        name="valkey-full",
        title="Valkey refuses to write",
        hurt=make_valkey_read_only,
        control=Control(finds="undelivered", spoil=no_worker),
    ),
    Fault(
        name="hang-up",
        title="clients hang up at random; answers lost after commit",
        hurt=only_load,
        habits=Habits(hang_up=0.3),
        control=Control(finds="doubled", habits=FRESH),
    ),
    Fault(
        name="pool",
        title="every connection of the pool held",
        hurt=exhaust_pool,
        control=Control(finds="doubled", habits=FRESH),
    ),
    Fault(
        name="two-workers",
        title="no worker for a while, then two at once",
        hurt=stop_workers_then_start_two,
        control=Control(finds="told twice", spoil=double_a_notice),
    ),
)
