-- Acting across tenants (跨层级办理) and by outside parties: which tenant a task waits in, what has been referred to a
-- tenant by others, and what an outside account is bound to.

ALTER TABLE task ADD COLUMN acting_tenant_id uuid;

-- An outside party sees one entry of one case (empty: what it has handed in itself), in the roles named here.
ALTER TABLE account ADD COLUMN bound_entry text NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN bound_roles text[] NOT NULL DEFAULT '{}';

-- One task of another tenant's project that waits here, or did: the right to read that project, and while the row is
-- open to act on it in this role. A copy, written by the owner's relay; `version` is that of the project it was true of.
CREATE TABLE referral (
    tenant_id    uuid    NOT NULL,
    owner_id     uuid    NOT NULL,
    project_id   uuid    NOT NULL,
    stage        text    NOT NULL,
    ref          text    NOT NULL,
    opened_seq   integer NOT NULL,
    role         text    NOT NULL,
    act          text    NOT NULL,
    n            integer NOT NULL,
    owner        text    NOT NULL,
    owner_name   text    NOT NULL,
    code         text    NOT NULL,
    title        text    NOT NULL,
    unit         text    NOT NULL,
    stage_title  text    NOT NULL,
    role_title   text    NOT NULL,
    opened_on    date    NOT NULL,
    due_on       date,
    closed_on    date,
    version      integer NOT NULL,
    PRIMARY KEY (tenant_id, owner_id, project_id, stage, ref, opened_seq, role)
);
CREATE INDEX referral_desk ON referral (tenant_id, role, due_on, opened_on, project_id) WHERE closed_on IS NULL;
CREATE INDEX referral_code ON referral (tenant_id, owner_id, code);
ALTER TABLE referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON referral
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON referral TO lixiang_app;

-- Entries of other tenants' journals that have had their effect here, so that a repetition has none.
CREATE TABLE received_entry (
    tenant_id   uuid        NOT NULL,
    entry_id    uuid        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, entry_id)
);
ALTER TABLE received_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE received_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON received_entry
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON received_entry TO lixiang_app;
