-- The market (应用市场), first step: what a finished project could be listed with. Publishing comes later.

-- One draft of a listing, opened when a project passed what its regulation names, filled from what is known already.
CREATE TABLE listing_draft (
    tenant_id  uuid        NOT NULL,
    id         uuid        NOT NULL,
    project_id uuid        NOT NULL,
    rule       text        NOT NULL,
    unit_id    uuid        NOT NULL,
    system_id  uuid,
    title      text        NOT NULL CHECK (title <> ''),
    force      text        NOT NULL CHECK (force IN ('duty', 'invitation', 'allowed')),
    platform   text        NOT NULL,
    article    text        NOT NULL,
    content    jsonb       NOT NULL,
    state      text        NOT NULL CHECK (state IN ('open', 'declined', 'published')),
    opened_on  date        NOT NULL,
    entry_id   uuid        NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, project_id, rule),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES organisation (tenant_id, id),
    FOREIGN KEY (tenant_id, system_id) REFERENCES application_system (tenant_id, id)
);
CREATE INDEX listing_draft_unit ON listing_draft (tenant_id, unit_id, state, opened_on);
ALTER TABLE listing_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE listing_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON listing_draft
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON listing_draft TO lixiang_app;
