-- Stages (环节), tasks, deadlines, defects and receipts: projections of a project's document, written in the
-- statement that changes it, and the receipt that proves each decision.

-- One run of one stage.
CREATE TABLE stage_run (
    tenant_id  uuid    NOT NULL,
    project_id uuid    NOT NULL,
    stage      text    NOT NULL,
    ref        text    NOT NULL,
    opened_seq integer NOT NULL,
    n          integer NOT NULL,
    segment    text    NOT NULL,
    opened_on  date    NOT NULL,
    closed_on  date,
    outcome    text    NOT NULL,
    role       text    NOT NULL,
    person     text    NOT NULL,
    reason     text    NOT NULL,
    skipped    boolean NOT NULL,
    overtaken  boolean NOT NULL,
    PRIMARY KEY (tenant_id, project_id, stage, ref, opened_seq),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
CREATE INDEX stage_run_open ON stage_run (tenant_id, stage, opened_on) WHERE closed_on IS NULL;
CREATE INDEX stage_run_closed ON stage_run (tenant_id, stage, closed_on) WHERE closed_on IS NOT NULL;
ALTER TABLE stage_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE stage_run FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON stage_run
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON stage_run TO lixiang_app;

-- One thing that waits for a role: a row of somebody's desk while `closed_on` is null.
CREATE TABLE task (
    tenant_id       uuid    NOT NULL,
    project_id      uuid    NOT NULL,
    stage           text    NOT NULL,
    ref             text    NOT NULL,
    opened_seq      integer NOT NULL,
    role            text    NOT NULL,
    organisation_id uuid,
    act             text    NOT NULL,
    n               integer NOT NULL,
    opened_on       date    NOT NULL,
    due_on          date,
    closed_on       date,
    PRIMARY KEY (tenant_id, project_id, stage, ref, opened_seq, role),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
CREATE INDEX task_desk ON task (tenant_id, role, due_on, opened_on, project_id) WHERE closed_on IS NULL;
CREATE INDEX task_organisation ON task (tenant_id, organisation_id, due_on, project_id)
    WHERE closed_on IS NULL AND organisation_id IS NOT NULL;
ALTER TABLE task ENABLE ROW LEVEL SECURITY;
ALTER TABLE task FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON task
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON task TO lixiang_app;

-- One running or finished time limit.
CREATE TABLE deadline (
    tenant_id   uuid    NOT NULL,
    project_id  uuid    NOT NULL,
    time_limit  text    NOT NULL,
    ref         text    NOT NULL,
    start_on    date    NOT NULL,
    n           integer NOT NULL,
    stage       text    NOT NULL,
    owner       text    NOT NULL,
    kind        text    NOT NULL,
    due_on      date,
    provisional boolean NOT NULL,
    met_on      date,
    dropped     boolean NOT NULL,
    told_on     date,
    PRIMARY KEY (tenant_id, project_id, time_limit, ref, start_on, n),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
CREATE INDEX deadline_due ON deadline (tenant_id, due_on, project_id) WHERE met_on IS NULL AND NOT dropped;
ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;
ALTER TABLE deadline FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON deadline
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON deadline TO lixiang_app;

-- One defect a review named, with its state over the rounds (一次性告知).
CREATE TABLE defect (
    tenant_id  uuid    NOT NULL,
    project_id uuid    NOT NULL,
    stage      text    NOT NULL,
    id         text    NOT NULL,
    item       text    NOT NULL,
    text       text    NOT NULL,
    rule       text    NOT NULL,
    raised_n   integer NOT NULL,
    raised_on  date    NOT NULL,
    state      text    NOT NULL CHECK (state IN ('open', 'answered', 'accepted')),
    answer     text    NOT NULL,
    PRIMARY KEY (tenant_id, project_id, stage, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
CREATE INDEX defect_rule ON defect (tenant_id, rule, raised_on);
ALTER TABLE defect ENABLE ROW LEVEL SECURITY;
ALTER TABLE defect FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON defect
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON defect TO lixiang_app;

-- One decision as it was made (判定凭据): rulebook, inputs, result; append-only, so that each can be replayed.
CREATE TABLE receipt (
    tenant_id   uuid    NOT NULL,
    project_id  uuid    NOT NULL,
    version     integer NOT NULL,
    id          uuid    NOT NULL,
    rulebook    text    NOT NULL,
    on_date     date    NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    act         jsonb   NOT NULL,
    context     jsonb   NOT NULL,
    decision    jsonb   NOT NULL,
    before_hash text    NOT NULL,
    after_hash  text    NOT NULL,
    PRIMARY KEY (tenant_id, project_id, version),
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
ALTER TABLE receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON receipt
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON receipt TO lixiang_app;
