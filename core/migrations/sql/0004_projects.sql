-- Projects (项目): what is stored of a case, the systems they build, their contracts, amounts and budget lines.

-- One application system (应用系统). It outlives the projects that build, upgrade and run it.
CREATE TABLE application_system (
    tenant_id       uuid NOT NULL,
    id              uuid NOT NULL,
    organisation_id uuid NOT NULL,
    name            text NOT NULL CHECK (name <> ''),
    state           text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'retired')),
    since_on        date NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id)
);
CREATE INDEX application_system_owner ON application_system (tenant_id, organisation_id);
ALTER TABLE application_system ENABLE ROW LEVEL SECURITY;
ALTER TABLE application_system FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON application_system
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON application_system TO lixiang_app;

-- One case. `document` is its whole stored state and the truth; every other column is derived from it in the same
-- statement, so that lists need not open it. `standing` is what the unit's other projects may read.
CREATE TABLE project (
    tenant_id      uuid    NOT NULL,
    id             uuid    NOT NULL,
    code           text    NOT NULL CHECK (code <> ''),
    kind           text    NOT NULL,
    title          text    NOT NULL CHECK (title <> ''),
    unit_id        uuid    NOT NULL,
    subordinate_id uuid,
    system_id      uuid,
    jurisdiction   text    NOT NULL,
    edition        text    NOT NULL,
    rulebook       text    NOT NULL,
    options        jsonb   NOT NULL,
    plan_year      integer NOT NULL,
    project_kind   text,
    track          text    NOT NULL,
    status         text    NOT NULL CHECK (status IN ('running', 'withdrawn', 'rejected', 'lapsed', 'terminated', 'completed')),
    open_stages    text[]  NOT NULL,
    holders        text[]  NOT NULL,
    next_due_on    date,
    declared_fen   bigint,
    confirmed_fen  bigint,
    approved_fen   bigint,
    contract_fen   bigint,
    accepted_fen   bigint,
    created_on     date    NOT NULL,
    ended_on       date,
    version        integer NOT NULL CHECK (version > 0),
    document       jsonb   NOT NULL,
    standing       jsonb   NOT NULL,
    source         text    NOT NULL DEFAULT '',
    source_key     text,
    changed_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES organisation (tenant_id, id),
    FOREIGN KEY (tenant_id, subordinate_id) REFERENCES organisation (tenant_id, id),
    FOREIGN KEY (tenant_id, system_id) REFERENCES application_system (tenant_id, id)
);
CREATE INDEX project_newest ON project (tenant_id, created_on DESC, id DESC);
CREATE INDEX project_unit ON project (tenant_id, unit_id, created_on DESC, id DESC);
CREATE INDEX project_subordinate ON project (tenant_id, subordinate_id) WHERE subordinate_id IS NOT NULL;
CREATE INDEX project_system ON project (tenant_id, system_id) WHERE system_id IS NOT NULL;
CREATE INDEX project_due ON project (tenant_id, next_due_on, id) WHERE next_due_on IS NOT NULL;
CREATE INDEX project_status ON project (tenant_id, status, created_on DESC, id DESC);
CREATE UNIQUE INDEX project_source ON project (tenant_id, source, source_key) WHERE source_key IS NOT NULL;
ALTER TABLE project ENABLE ROW LEVEL SECURITY;
ALTER TABLE project FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON project
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON project TO lixiang_app;

-- The last number given to a project of a plan year.
CREATE TABLE project_number (
    tenant_id uuid    NOT NULL,
    plan_year integer NOT NULL,
    last      integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (tenant_id, plan_year)
);
ALTER TABLE project_number ENABLE ROW LEVEL SECURITY;
ALTER TABLE project_number FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON project_number
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON project_number TO lixiang_app;

-- One typed link between projects (沿革): predecessor, previous period, re-application.
CREATE TABLE project_link (
    tenant_id  uuid NOT NULL,
    project_id uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('predecessor', 'previous_period', 'reapplication')),
    linked_id  uuid NOT NULL,
    PRIMARY KEY (tenant_id, project_id, kind, linked_id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id),
    FOREIGN KEY (tenant_id, linked_id) REFERENCES project (tenant_id, id),
    CHECK (linked_id <> project_id)
);
CREATE INDEX project_link_back ON project_link (tenant_id, linked_id);
ALTER TABLE project_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE project_link FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON project_link
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON project_link TO lixiang_app;

-- One contract of a project: main, supervision, testing, design, cost, supplementary.
CREATE TABLE contract (
    tenant_id  uuid   NOT NULL,
    project_id uuid   NOT NULL,
    id         text   NOT NULL CHECK (id <> ''),
    kind       text   NOT NULL,
    supplier   text   NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen >= 0),
    signed_on  date,
    lot        text   NOT NULL DEFAULT '',
    amends     text   NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, project_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
CREATE INDEX contract_supplier ON contract (tenant_id, supplier);
ALTER TABLE contract ENABLE ROW LEVEL SECURITY;
ALTER TABLE contract FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON contract
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON contract TO lixiang_app;

-- One figure on a project's ladder of amounts, each time it was fixed; the latest of a key counts.
CREATE TABLE project_amount (
    tenant_id  uuid    NOT NULL,
    project_id uuid    NOT NULL,
    key        text    NOT NULL,
    seq        integer NOT NULL,
    amount_fen bigint  NOT NULL CHECK (amount_fen >= 0),
    fixed_on   date    NOT NULL,
    role       text    NOT NULL,
    PRIMARY KEY (tenant_id, project_id, key, seq),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
ALTER TABLE project_amount ENABLE ROW LEVEL SECURITY;
ALTER TABLE project_amount FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON project_amount
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON project_amount TO lixiang_app;

-- One line of a budget (概算分项) under one figure of the ladder.
CREATE TABLE budget_line (
    tenant_id  uuid    NOT NULL,
    project_id uuid    NOT NULL,
    basis      text    NOT NULL,
    line       integer NOT NULL CHECK (line > 0),
    title      text    NOT NULL CHECK (title <> ''),
    category   text    NOT NULL,
    amount_fen bigint  NOT NULL CHECK (amount_fen >= 0),
    PRIMARY KEY (tenant_id, project_id, basis, line),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
ALTER TABLE budget_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE budget_line FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON budget_line
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON budget_line TO lixiang_app;
