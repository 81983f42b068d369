-- Calls, public notices and publications (发榜、公示、公告): what everybody may read, and what people send in about it.

-- Everything published, by every tenant, at its permanent address. Written only by publishing, read without sign-in:
-- it has no wall, holds nothing that is not public, and nothing is ever deleted from it.
CREATE TABLE posting (
    id               uuid        NOT NULL PRIMARY KEY,
    publisher_id     uuid        NOT NULL,
    publisher_code   text        NOT NULL,
    publisher        text        NOT NULL,
    kind             text        NOT NULL CHECK (kind IN ('call', 'notice', 'publication')),
    title            text        NOT NULL CHECK (title <> ''),
    article          text        NOT NULL,
    content          jsonb       NOT NULL,
    opened_on        date        NOT NULL,
    closes_on        date,
    state            text        NOT NULL CHECK (state IN ('open', 'standing', 'closed', 'withdrawn')),
    takes_objections boolean     NOT NULL,
    takes_answers    boolean     NOT NULL,
    case_id          uuid,
    code             text        NOT NULL,
    stage            text        NOT NULL,
    ref              text        NOT NULL,
    n                integer     NOT NULL,
    history          jsonb       NOT NULL,
    version          integer     NOT NULL,
    published_at     timestamptz NOT NULL,
    changed_at       timestamptz NOT NULL
);
CREATE INDEX posting_newest ON posting (published_at, id);
CREATE INDEX posting_publisher ON posting (publisher_code, published_at, id);
CREATE INDEX posting_kind ON posting (kind, published_at, id);
GRANT SELECT, INSERT, UPDATE ON posting TO lixiang_app;

-- What an office writes itself, such as the notice of a yearly round; nobody outside sees it before it is published.
CREATE TABLE posting_draft (
    tenant_id  uuid        NOT NULL,
    id         uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('call', 'notice', 'publication')),
    title      text        NOT NULL CHECK (title <> ''),
    body       text        NOT NULL,
    plan_year  integer,
    closes_on  date,
    state      text        NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    written_by uuid        NOT NULL,
    written_by_name text   NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, plan_year) REFERENCES application_round (tenant_id, plan_year)
);
CREATE INDEX posting_draft_newest ON posting_draft (tenant_id, changed_at);
CREATE INDEX posting_draft_round ON posting_draft (tenant_id, plan_year);
ALTER TABLE posting_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE posting_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON posting_draft
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON posting_draft TO lixiang_app;

-- What somebody without an account sent in: an objection to a notice, or an answer to a call. Personal data.
CREATE TABLE submission (
    tenant_id      uuid        NOT NULL,
    id             uuid        NOT NULL,
    posting_id     uuid        NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('objection', 'answer')),
    case_id        uuid,
    name           text        NOT NULL CHECK (name <> ''),
    credit_code    text        NOT NULL,
    contact_name   text        NOT NULL,
    contact        text        NOT NULL CHECK (contact <> ''),
    body           text        NOT NULL CHECK (body <> ''),
    members        jsonb       NOT NULL,
    address_digest bytea       NOT NULL,
    received_on    date        NOT NULL,
    received_at    timestamptz NOT NULL,
    late           boolean     NOT NULL,
    state          text        NOT NULL CHECK (state IN ('received', 'accepted', 'declined')),
    reason         text        NOT NULL,
    handled_by     text        NOT NULL,
    handled_on     date,
    entry          text        NOT NULL,
    account_id     uuid,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, case_id) REFERENCES project (tenant_id, id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
);
CREATE INDEX submission_posting ON submission (tenant_id, posting_id, kind, received_at);
CREATE INDEX submission_waiting ON submission (tenant_id, state, received_at, id);
CREATE INDEX submission_address ON submission (tenant_id, address_digest, received_at);
ALTER TABLE submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE submission FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON submission
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON submission TO lixiang_app;
