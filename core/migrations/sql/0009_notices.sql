-- Notices (通知): what people are told in the application, by mail, and other systems by webhook.

-- One thing one body is told about one journal entry. It belongs to an organisation or a role, as work does, and not
-- to persons: who takes a post over finds what his predecessor was told. `effect` and the entry make it one of a kind.
CREATE TABLE notice (
    tenant_id       uuid        NOT NULL,
    id              uuid        NOT NULL,
    entry_id        uuid        NOT NULL,
    effect          text        NOT NULL CHECK (effect <> ''),
    topic           text        NOT NULL CHECK (topic IN ('task', 'decision', 'returned', 'defects', 'ended', 'copy',
        'deadline_near', 'deadline_passed', 'deadline_moved', 'paused', 'effect', 'listing', 'system')),
    organisation_id uuid,
    role            text        NOT NULL,
    project_id      uuid,
    code            text        NOT NULL,
    title           text        NOT NULL,
    subject         text        NOT NULL CHECK (subject <> ''),
    body            text        NOT NULL,
    article         text        NOT NULL,
    stage           text        NOT NULL,
    due_on          date,
    on_date         date        NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, entry_id, effect),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
    CHECK (role <> '' OR organisation_id IS NOT NULL)
);
CREATE INDEX notice_organisation ON notice (tenant_id, organisation_id, created_at DESC, id DESC)
    WHERE organisation_id IS NOT NULL;
CREATE INDEX notice_role ON notice (tenant_id, role, created_at DESC, id DESC) WHERE organisation_id IS NULL;
CREATE INDEX notice_project ON notice (tenant_id, project_id, created_at);
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON notice
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON notice TO lixiang_app;

-- One notice read by one account.
CREATE TABLE notice_read (
    tenant_id  uuid        NOT NULL,
    account_id uuid        NOT NULL,
    notice_id  uuid        NOT NULL,
    read_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, account_id, notice_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
    FOREIGN KEY (tenant_id, notice_id) REFERENCES notice (tenant_id, id)
);
ALTER TABLE notice_read ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_read FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON notice_read
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON notice_read TO lixiang_app;

-- How one account wants to be told: its address, at once, once a day or not at all; and up to when it has read all.
CREATE TABLE notice_preference (
    tenant_id        uuid        NOT NULL,
    account_id       uuid        NOT NULL,
    email            text        NOT NULL,
    mode             text        NOT NULL CHECK (mode IN ('immediate', 'digest', 'none')),
    read_up_to_at    timestamptz,
    digested_at      timestamptz,
    changed_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, account_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
    CHECK (mode = 'none' OR email <> '')
);
CREATE INDEX notice_preference_mode ON notice_preference (tenant_id, mode) WHERE mode <> 'none';
ALTER TABLE notice_preference ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_preference FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON notice_preference
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON notice_preference TO lixiang_app;

-- One mail to one account, written in the transaction that decides to send it and sent afterwards. `source` is the
-- entry or the day of the digest, so that nobody is written to twice about the same.
CREATE TABLE outgoing_mail (
    tenant_id  uuid        NOT NULL,
    id         uuid        NOT NULL,
    account_id uuid        NOT NULL,
    source     text        NOT NULL CHECK (source <> ''),
    address    text        NOT NULL CHECK (address <> ''),
    subject    text        NOT NULL,
    body       text        NOT NULL,
    created_at timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    last_error text,
    sent_at    timestamptz,
    gave_up_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, account_id, source),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
);
CREATE INDEX outgoing_mail_due ON outgoing_mail (tenant_id, due_at) WHERE sent_at IS NULL AND gave_up_at IS NULL;
CREATE INDEX outgoing_mail_sent ON outgoing_mail (tenant_id, sent_at) WHERE sent_at IS NOT NULL;
ALTER TABLE outgoing_mail ENABLE ROW LEVEL SECURITY;
ALTER TABLE outgoing_mail FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON outgoing_mail
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON outgoing_mail TO lixiang_app;

-- One address of another system that is told what happens to projects. `secret` is sealed with the deployment's key.
CREATE TABLE webhook_subscription (
    tenant_id   uuid        NOT NULL,
    id          uuid        NOT NULL,
    title       text        NOT NULL CHECK (title <> ''),
    url         text        NOT NULL CHECK (url <> ''),
    events      text[]      NOT NULL CHECK (cardinality(events) > 0),
    secret      text        NOT NULL,
    active      boolean     NOT NULL,
    failures    integer     NOT NULL DEFAULT 0,
    disabled_at timestamptz,
    last_error  text,
    created_by  uuid        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
ALTER TABLE webhook_subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_subscription FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON webhook_subscription
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON webhook_subscription TO lixiang_app;

-- One entry owed to one subscription, in the order of its chain. Sent rows stay for a while, as proof and for searching.
CREATE TABLE webhook_message (
    tenant_id       uuid        NOT NULL,
    subscription_id uuid        NOT NULL,
    chain_id        uuid        NOT NULL,
    seq             bigint      NOT NULL,
    entry_id        uuid        NOT NULL,
    body            text        NOT NULL,
    created_at      timestamptz NOT NULL,
    due_at          timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    last_error      text,
    sent_at         timestamptz,
    gave_up_at      timestamptz,
    PRIMARY KEY (tenant_id, subscription_id, chain_id, seq),
    UNIQUE (tenant_id, subscription_id, entry_id),
    FOREIGN KEY (tenant_id, subscription_id) REFERENCES webhook_subscription (tenant_id, id)
);
CREATE INDEX webhook_message_due ON webhook_message (tenant_id, due_at) WHERE sent_at IS NULL AND gave_up_at IS NULL;
CREATE INDEX webhook_message_sent ON webhook_message (tenant_id, sent_at) WHERE sent_at IS NOT NULL;
ALTER TABLE webhook_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_message FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON webhook_message
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_message TO lixiang_app;
