-- Documents (材料): uploaded files, papers, and the versions of a paper.

-- One file on its way in or kept. Its row is committed before its first byte is written and outlives the object, so
-- that no object is ever without a row for longer than a sweep; see core/documents/uploading.py for the protocol.
-- `object_key` never changes: a file is not moved when it is attached, so there is no moment between two places.
CREATE TABLE upload (
    tenant_id        uuid        NOT NULL,
    id               uuid        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('receiving', 'staged', 'attached', 'expired')),
    object_key       text        NOT NULL CHECK (object_key <> ''),
    name             text        NOT NULL CHECK (name <> '' AND octet_length(name) <= 255),
    kind             text,
    media_type       text,
    size             bigint      CHECK (size > 0),
    sha256           text        CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    uploaded_by      uuid        NOT NULL,
    uploaded_by_name text        NOT NULL,
    begun_at         timestamptz NOT NULL,
    staged_at        timestamptz,
    attached_at      timestamptz,
    expires_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, object_key),
    CHECK (state = 'receiving' OR state = 'expired' OR num_nulls(kind, media_type, size, sha256, staged_at) = 0),
    CHECK ((state = 'attached') = (attached_at IS NOT NULL))
);
-- What the sweeper reads: files nobody has attached.
CREATE INDEX upload_expiry ON upload (tenant_id, expires_at) WHERE state <> 'attached';
ALTER TABLE upload ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON upload
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON upload TO lixiang_app;

-- One paper of a project, or of a unit where it belongs to no project (a plan, a register). `ref` is the lot or
-- contract meant; `slot` keeps several papers of one type apart (three quotations) and is empty for the usual one.
CREATE TABLE document (
    tenant_id       uuid        NOT NULL,
    id              uuid        NOT NULL,
    project_id      uuid,
    organisation_id uuid,
    type            text        NOT NULL CHECK (type <> ''),
    ref             text        NOT NULL,
    slot            text        NOT NULL,
    title           text        NOT NULL CHECK (title <> ''),
    stage           text        NOT NULL,
    current_version integer     NOT NULL CHECK (current_version > 0),
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE NULLS NOT DISTINCT (tenant_id, project_id, organisation_id, type, ref, slot),
    FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
    CHECK (num_nonnulls(project_id, organisation_id) = 1)
);
CREATE INDEX document_organisation ON document (tenant_id, organisation_id, type) WHERE organisation_id IS NOT NULL;
ALTER TABLE document ENABLE ROW LEVEL SECURITY;
ALTER TABLE document FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON document
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE (title, stage, current_version) ON document TO lixiang_app;

-- One version of a paper as handed in. Append-only: a version is replaced by the next one, never changed.
-- `form`: a file; a record (structured data where the text asks for the act only); a reference (the number of a
-- classified paper, whose content never enters the system).
CREATE TABLE document_version (
    tenant_id       uuid        NOT NULL,
    document_id     uuid        NOT NULL,
    n               integer     NOT NULL CHECK (n > 0),
    form            text        NOT NULL CHECK (form IN ('file', 'record', 'reference')),
    upload_id       uuid,
    stage           text        NOT NULL,
    seals           jsonb       NOT NULL,
    signed_by       jsonb       NOT NULL,
    filing_number   text        NOT NULL,
    dated_on        date,
    recipients      jsonb       NOT NULL,
    parts           jsonb       NOT NULL,
    attributes      jsonb       NOT NULL,
    outside         boolean     NOT NULL,
    handed_in_by    uuid        NOT NULL,
    handed_in_name  text        NOT NULL,
    handed_in_for   text        NOT NULL,
    handed_in_on    date        NOT NULL,
    seq             integer     NOT NULL,
    recorded_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, document_id, n),
    FOREIGN KEY (tenant_id, document_id) REFERENCES document (tenant_id, id),
    FOREIGN KEY (tenant_id, upload_id) REFERENCES upload (tenant_id, id),
    CHECK ((form = 'file') = (upload_id IS NOT NULL)),
    CHECK (form <> 'reference' OR filing_number <> '')
);
-- One file is handed in once; the same content again is another upload.
CREATE UNIQUE INDEX document_version_upload ON document_version (tenant_id, upload_id) WHERE upload_id IS NOT NULL;
ALTER TABLE document_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON document_version
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON document_version TO lixiang_app;
