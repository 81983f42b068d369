-- The worker (后台任务): what its periodic jobs have done, where the data itself does not say so.

-- Up to where one periodic job has come in one tenant.
CREATE TABLE job_mark (
    tenant_id uuid        NOT NULL,
    job       text        NOT NULL CHECK (job <> ''),
    mark      text        NOT NULL,
    done_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, job)
);
ALTER TABLE job_mark ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_mark FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON job_mark
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON job_mark TO lixiang_app;
