-- Yearly totals (年度累计): what acts have added up to in one calendar year, for the tenant or for one unit.

-- One sum. Whoever may add to it locks its row first, so that two acts never both stay below a limit that together
-- they pass. `unit_code` is empty where the total is the tenant's.
CREATE TABLE yearly_total (
    tenant_id  uuid   NOT NULL,
    total      text   NOT NULL CHECK (total <> ''),
    unit_code  text   NOT NULL,
    year       int    NOT NULL CHECK (year BETWEEN 2000 AND 9999),
    amount_fen bigint NOT NULL,
    PRIMARY KEY (tenant_id, total, unit_code, year)
);
ALTER TABLE yearly_total ENABLE ROW LEVEL SECURITY;
ALTER TABLE yearly_total FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON yearly_total
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON yearly_total TO lixiang_app;
