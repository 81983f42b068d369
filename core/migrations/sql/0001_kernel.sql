-- What every storey leans on: acts that must not happen twice, a tenant's own choices, its own calendar.
--
-- Form of every tenant table, checked by tests/contracts/test_schema.py: tenant_id first in every key and index;
-- row-level security enabled and forced with the one policy below; grants only as far as the service needs them.

-- One answered act. The row is written in the transaction of its effect, so there is never one without the other.
CREATE TABLE idempotent_act (
    tenant_id    uuid        NOT NULL,
    key          text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    actor_id     uuid        NOT NULL,
    request_hash bytea       NOT NULL,
    status       integer,
    body         bytea,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, key)
);
CREATE INDEX idempotent_act_created ON idempotent_act (tenant_id, created_at);
ALTER TABLE idempotent_act ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotent_act FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON idempotent_act
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotent_act TO lixiang_app;

-- One choice of a tenant where its regulation leaves one: an interpretation (option), a dated value outside the
-- text (parameter), what another text fills in (slot), or a year it has entered completely (calendar). A later choice
-- is a new row; none is ever changed.
CREATE TABLE tenant_choice (
    tenant_id       uuid        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('option', 'parameter', 'slot', 'calendar')),
    key             text        NOT NULL,
    from_on         date        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    value           jsonb       NOT NULL,
    source          text        NOT NULL,
    decided_by_id   uuid        NOT NULL,
    decided_by_name text        NOT NULL,
    PRIMARY KEY (tenant_id, kind, key, from_on, recorded_at)
);
ALTER TABLE tenant_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_choice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON tenant_choice
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON tenant_choice TO lixiang_app;

-- One day that a tenant counts differently from the announced calendar; for a day the row recorded last rules.
CREATE TABLE calendar_amendment (
    tenant_id       uuid        NOT NULL,
    day_on          date        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    works           boolean     NOT NULL,
    reason          text        NOT NULL,
    source          text        NOT NULL,
    decided_by_id   uuid        NOT NULL,
    decided_by_name text        NOT NULL,
    PRIMARY KEY (tenant_id, day_on, recorded_at)
);
ALTER TABLE calendar_amendment ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_amendment FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON calendar_amendment
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON calendar_amendment TO lixiang_app;
