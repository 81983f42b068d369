-- Registers (登记簿): entries of units and of the tenant, what an office records about a unit, yearly rounds,
-- experts and random draws.

-- One version of one entry. The current one is the highest version whose state is current; none is ever deleted.
CREATE TABLE register_entry (
    tenant_id       uuid    NOT NULL,
    register        text    NOT NULL,
    organisation_id uuid    NOT NULL,
    entry_key       text    NOT NULL DEFAULT '',
    version         integer NOT NULL CHECK (version > 0),
    on_date         date    NOT NULL,
    state           text    NOT NULL CHECK (state IN ('current', 'superseded', 'withdrawn')),
    adjusted_on     date,
    withdrawn_on    date,
    withdrawn_reason text   NOT NULL DEFAULT '',
    content         jsonb   NOT NULL,
    document_id     uuid,
    entered_by      uuid    NOT NULL,
    entered_by_name text    NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, register, organisation_id, entry_key, version),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id)
);
CREATE INDEX register_entry_unit ON register_entry (tenant_id, organisation_id, register) WHERE state = 'current';
CREATE INDEX register_entry_newest ON register_entry (tenant_id, register, on_date DESC, organisation_id, entry_key)
    WHERE state = 'current';
ALTER TABLE register_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE register_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON register_entry
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON register_entry TO lixiang_app;

-- One thing an office has recorded about a unit, until it is lifted.
CREATE TABLE unit_finding (
    tenant_id       uuid NOT NULL,
    id              uuid NOT NULL,
    organisation_id uuid NOT NULL,
    kind            text NOT NULL,
    on_date         date NOT NULL,
    reason          text NOT NULL CHECK (reason <> ''),
    project_code    text NOT NULL DEFAULT '',
    recorded_by     uuid NOT NULL,
    recorded_by_name text NOT NULL,
    lifted_on       date,
    lifted_reason   text NOT NULL DEFAULT '',
    lifted_by_name  text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id)
);
CREATE INDEX unit_finding_unit ON unit_finding (tenant_id, organisation_id, on_date);
ALTER TABLE unit_finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE unit_finding FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON unit_finding
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON unit_finding TO lixiang_app;

-- One yearly application round (申报批次): its notice opens a window for the projects of the plan year.
CREATE TABLE application_round (
    tenant_id uuid    NOT NULL,
    plan_year integer NOT NULL,
    issued_on date    NOT NULL,
    closes_on date    NOT NULL,
    months    integer NOT NULL CHECK (months > 0),
    title     text    NOT NULL CHECK (title <> ''),
    document_id uuid,
    opened_by uuid    NOT NULL,
    opened_by_name text NOT NULL,
    PRIMARY KEY (tenant_id, plan_year),
    CHECK (closes_on >= issued_on)
);
ALTER TABLE application_round ENABLE ROW LEVEL SECURITY;
ALTER TABLE application_round FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON application_round
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON application_round TO lixiang_app;

-- One expert in one library (专家). An empty employer means that nobody knows it, which a draw shows and never passes
-- over. Experts copied from a library kept elsewhere name their source.
CREATE TABLE expert (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    library      text NOT NULL,
    name         text NOT NULL CHECK (name <> ''),
    specialty    text NOT NULL CHECK (specialty <> ''),
    employer     text NOT NULL,
    title        text NOT NULL DEFAULT '',
    contact      text NOT NULL DEFAULT '',
    source       text NOT NULL DEFAULT '',
    former_employers jsonb NOT NULL DEFAULT '[]',
    active_from_on date NOT NULL,
    active_to_on date,
    PRIMARY KEY (tenant_id, id),
    CHECK (active_to_on IS NULL OR active_to_on >= active_from_on)
);
CREATE INDEX expert_library ON expert (tenant_id, library, specialty, id);
ALTER TABLE expert ENABLE ROW LEVEL SECURITY;
ALTER TABLE expert FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON expert
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON expert TO lixiang_app;

-- One random draw (随机抽取). `inputs` is everything the result follows from but the seed: pool, exclusions, quotas,
-- rules; its hash and the seed's stand here and in the journal before anybody is drawn. No draw is ever deleted.
CREATE TABLE draw (
    tenant_id   uuid    NOT NULL,
    id          uuid    NOT NULL,
    project_id  uuid    NOT NULL,
    stage       text    NOT NULL,
    number      integer NOT NULL CHECK (number > 0),
    library     text    NOT NULL,
    state       text    NOT NULL CHECK (state IN ('prepared', 'drawn', 'cancelled', 'replaced')),
    inputs      jsonb   NOT NULL,
    inputs_hash text    NOT NULL,
    seed_hash   text    NOT NULL,
    seed        text    NOT NULL,
    outcome     jsonb,
    reason      text    NOT NULL DEFAULT '',
    prepared_by uuid    NOT NULL,
    prepared_by_name text NOT NULL,
    prepared_at timestamptz NOT NULL,
    drawn_by_name text NOT NULL DEFAULT '',
    drawn_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, project_id, stage, number),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id),
    CHECK (outcome IS NOT NULL OR state IN ('prepared', 'cancelled'))
);
ALTER TABLE draw ENABLE ROW LEVEL SECURITY;
ALTER TABLE draw FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON draw
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON draw TO lixiang_app;
