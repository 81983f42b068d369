-- The journal (办理日志): audit trail, project timeline and outbox, written in the transaction of the act.

-- Where a chain stands. One per project, and one (the nil UUID) for what belongs to no project. Its row is the lock
-- that gives entries their order, so it is taken last before COMMIT. `previous` is the head before the last append.
CREATE TABLE journal_chain (
    tenant_id  uuid        NOT NULL,
    chain_id   uuid        NOT NULL,
    seq        bigint      NOT NULL CHECK (seq > 0),
    previous   bytea       NOT NULL,
    head       bytea       NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, chain_id)
);
ALTER TABLE journal_chain ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_chain FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON journal_chain
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON journal_chain TO lixiang_app;

-- One thing that happened. Append-only: the application may neither change nor delete a row.
-- `detail` is json, not jsonb: the hash covers its text, and jsonb would not give that text back.
CREATE TABLE journal_entry (
    tenant_id        uuid        NOT NULL,
    chain_id         uuid        NOT NULL,
    seq              bigint      NOT NULL,
    id               uuid        NOT NULL,
    kind             text        NOT NULL CHECK (kind ~ '^[a-z_]+:[a-z_]+$'),
    subject          text        NOT NULL,
    on_date          date        NOT NULL,
    recorded_at      timestamptz NOT NULL,
    actor_id         uuid        NOT NULL,
    actor_name       text        NOT NULL,
    organisation_id  uuid,
    organisation     text        NOT NULL,
    acting_tenant_id uuid        NOT NULL,
    acting_for       uuid,
    channel          text        NOT NULL,
    detail           json        NOT NULL,
    prev_hash        bytea       NOT NULL,
    hash             bytea       NOT NULL,
    algorithm        text        NOT NULL CHECK (algorithm IN ('sha256')),
    PRIMARY KEY (tenant_id, chain_id, seq)
);
CREATE UNIQUE INDEX journal_entry_id ON journal_entry (tenant_id, id);
CREATE INDEX journal_entry_kind ON journal_entry (tenant_id, kind, on_date);
CREATE INDEX journal_entry_actor ON journal_entry (tenant_id, actor_id, recorded_at);
ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON journal_entry
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON journal_entry TO lixiang_app;

-- One day's seal over the chain heads of a tenant, to be kept elsewhere: only an earlier root that nobody here can
-- rewrite shows that a whole chain was rewritten. `heads` packs chain, seq and head of the chains that moved since the
-- root before it, and `root` covers both, so the newest root speaks for all.
CREATE TABLE journal_root (
    tenant_id uuid        NOT NULL,
    day_on    date        NOT NULL,
    made_at   timestamptz NOT NULL,
    chains    integer     NOT NULL,
    previous  bytea       NOT NULL,
    root      bytea       NOT NULL,
    heads     bytea       NOT NULL,
    algorithm text        NOT NULL CHECK (algorithm IN ('sha256')),
    PRIMARY KEY (tenant_id, day_on)
);
ALTER TABLE journal_root ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_root FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON journal_root
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON journal_root TO lixiang_app;

-- One entry that the relay has not yet handed to the consumers. Written with the entry, deleted by the relay.
CREATE TABLE outbox (
    tenant_id  uuid        NOT NULL,
    entry_id   uuid        NOT NULL,
    chain_id   uuid        NOT NULL,
    seq        bigint      NOT NULL,
    kind       text        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, chain_id, seq)
);
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON outbox
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
-- UPDATE because SELECT ... FOR UPDATE asks for it.
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO lixiang_app;

-- One entry owed to one consumer. Confirmed rows are deleted, so the table holds only what is still owed; a row that
-- has failed too often keeps `gave_up_at` and waits for a person.
CREATE TABLE outbox_delivery (
    tenant_id    uuid        NOT NULL,
    consumer     text        NOT NULL,
    chain_id     uuid        NOT NULL,
    seq          bigint      NOT NULL,
    entry_id     uuid        NOT NULL,
    created_at   timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0,
    last_error   text,
    gave_up_at   timestamptz,
    PRIMARY KEY (tenant_id, consumer, chain_id, seq)
);
CREATE INDEX outbox_delivery_due ON outbox_delivery (tenant_id, consumer, due_at) WHERE gave_up_at IS NULL;
ALTER TABLE outbox_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON outbox_delivery
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_delivery TO lixiang_app;
