-- Shared registers (共享登记簿): entries that a tenant keeps for everybody below it, as its rulebook publishes them.

-- The public face of an entry, without a wall: whatever stands here anybody below the keeper may read. It is written
-- only by publishing, an accepted act of the register's keeper or its own lodging; `source_id` is the tenant of the
-- case it came from, `matched` the value by which a case elsewhere finds it.
CREATE TABLE shared_entry (
    keeper_id   uuid        NOT NULL,
    register    text        NOT NULL CHECK (register <> ''),
    entry_key   text        NOT NULL CHECK (entry_key <> ''),
    place       text        NOT NULL,
    title       text        NOT NULL,
    on_date     date        NOT NULL,
    closed_on   date        CHECK (closed_on >= on_date),
    matched     text        NOT NULL,
    content     jsonb       NOT NULL,
    source_id   uuid        NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (keeper_id, register, entry_key)
);
CREATE INDEX shared_entry_matched ON shared_entry (keeper_id, matched);
GRANT SELECT, INSERT, UPDATE ON shared_entry TO lixiang_app;
