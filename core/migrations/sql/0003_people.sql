-- People: organisations and their names, roles, accounts, administrators, delegations, sign-in, sessions, tokens.
-- Days named *_to_on are the last day on which something holds; null means without an end.

CREATE TABLE organisation (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,63}$'),
    kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]{0,63}$'),
    parent_id uuid,
    credit_code text CHECK (credit_code ~ '^[0-9A-Z]{18}$'),
    active_from_on date NOT NULL,
    active_to_on date,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES organisation (tenant_id, id),
    CHECK (parent_id IS NULL OR parent_id <> id),
    CHECK (active_to_on IS NULL OR active_to_on >= active_from_on)
);
CREATE UNIQUE INDEX organisation_credit_code ON organisation (tenant_id, credit_code) WHERE credit_code IS NOT NULL;
CREATE INDEX organisation_parent ON organisation (tenant_id, parent_id);

-- The name on a day is the latest one that began by then: names have no gaps, so they carry no end.
CREATE TABLE organisation_alias (
    tenant_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    from_on date NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    short_name text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, organisation_id, from_on),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id)
);

CREATE TABLE role_binding (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    role text NOT NULL CHECK (role <> ''),
    organisation_id uuid NOT NULL,
    from_on date NOT NULL,
    to_on date,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, organisation_id, role, from_on),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
    CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE INDEX role_binding_role ON role_binding (tenant_id, role);

-- The kind never changes and is part of a key, so that the tables below can refuse administrators by
-- foreign key and CHECK: an administrator can hold no function and receive no delegation, whatever a service does.
CREATE TABLE account (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('officer', 'outside', 'system', 'security', 'audit')),
    login text NOT NULL CHECK (login = lower(login) AND login <> ''),
    name text NOT NULL CHECK (name <> ''),
    person_code text,
    state text NOT NULL CHECK (state IN ('proposed', 'active', 'suspended', 'closed')),
    bound_case_id uuid,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    activated_by uuid,
    activated_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, login),
    UNIQUE (tenant_id, id, kind),
    CHECK ((kind = 'outside') = (bound_case_id IS NOT NULL)),
    CHECK (kind IN ('officer', 'outside') OR person_code IS NOT NULL),
    CHECK (activated_by IS NULL OR activated_by <> created_by)
);
-- One person is administrator of one kind only, also through a second account.
CREATE UNIQUE INDEX account_one_administrator ON account (tenant_id, person_code)
    WHERE kind IN ('system', 'security', 'audit') AND state <> 'closed';

CREATE TABLE credential (
    tenant_id uuid NOT NULL,
    account_id uuid NOT NULL,
    password_hash text,
    former_hashes text[] NOT NULL DEFAULT '{}',
    password_set_at timestamptz,
    must_change boolean NOT NULL DEFAULT true,
    factor_secret text,
    factor_confirmed_at timestamptz,
    factor_last_step bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, account_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id)
);

CREATE TABLE membership (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    account_kind text NOT NULL CHECK (account_kind IN ('officer', 'outside')),
    organisation_id uuid NOT NULL,
    functions text[] NOT NULL CHECK (cardinality(functions) > 0
        AND functions <@ ARRAY ['reader', 'handler', 'head']::text[]),
    is_primary boolean NOT NULL DEFAULT false,
    from_on date NOT NULL,
    to_on date,
    proposed_by uuid NOT NULL,
    confirmed_by uuid,
    confirmed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, account_id, organisation_id, from_on),
    FOREIGN KEY (tenant_id, account_id, account_kind) REFERENCES account (tenant_id, id, kind),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
    CHECK (to_on IS NULL OR to_on >= from_on),
    CHECK (confirmed_by IS NULL OR confirmed_by <> proposed_by)
);
CREATE INDEX membership_organisation ON membership (tenant_id, organisation_id);

CREATE TABLE delegation (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    from_account_id uuid NOT NULL,
    from_kind text NOT NULL DEFAULT 'officer' CHECK (from_kind = 'officer'),
    to_account_id uuid NOT NULL,
    to_kind text NOT NULL DEFAULT 'officer' CHECK (to_kind = 'officer'),
    organisation_id uuid NOT NULL,
    roles text[] NOT NULL CHECK (cardinality(roles) > 0),
    reason text NOT NULL CHECK (reason <> ''),
    from_on date NOT NULL,
    to_on date NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by uuid,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, from_account_id, from_kind) REFERENCES account (tenant_id, id, kind),
    FOREIGN KEY (tenant_id, to_account_id, to_kind) REFERENCES account (tenant_id, id, kind),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
    CHECK (from_account_id <> to_account_id),
    CHECK (to_on >= from_on)
);
CREATE INDEX delegation_to ON delegation (tenant_id, to_account_id);
CREATE INDEX delegation_from ON delegation (tenant_id, from_account_id);

-- Counts attempts before a password is hashed; `subject` is a digest, since an unknown login may be a mistyped password.
CREATE TABLE sign_in_throttle (
    tenant_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('account', 'address')),
    subject bytea NOT NULL,
    attempts integer NOT NULL,
    counted_from_at timestamptz NOT NULL,
    locked_until_at timestamptz,
    PRIMARY KEY (tenant_id, kind, subject)
);

CREATE TABLE sign_in_policy (
    tenant_id uuid NOT NULL,
    body jsonb NOT NULL,
    set_by uuid NOT NULL,
    set_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id)
);

CREATE TABLE sign_in_session (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    account_id uuid NOT NULL,
    organisation_id uuid,
    delegation_id uuid,
    awaits_factor boolean NOT NULL DEFAULT false,
    address text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    idle_until_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id),
    FOREIGN KEY (tenant_id, delegation_id) REFERENCES delegation (tenant_id, id)
);
CREATE INDEX sign_in_session_account ON sign_in_session (tenant_id, account_id);

CREATE TABLE api_token (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    organisation_id uuid,
    name text NOT NULL CHECK (name <> ''),
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
    created_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    revoked_by uuid,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id)
);
CREATE INDEX api_token_account ON api_token (tenant_id, account_id);

ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON organisation
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON organisation TO lixiang_app;

ALTER TABLE organisation_alias ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation_alias FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON organisation_alias
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON organisation_alias TO lixiang_app;

ALTER TABLE role_binding ENABLE ROW LEVEL SECURITY;
ALTER TABLE role_binding FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON role_binding
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON role_binding TO lixiang_app;

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON account
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON account TO lixiang_app;

ALTER TABLE credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON credential
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON credential TO lixiang_app;

ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON membership
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON membership TO lixiang_app;

ALTER TABLE delegation ENABLE ROW LEVEL SECURITY;
ALTER TABLE delegation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON delegation
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON delegation TO lixiang_app;

ALTER TABLE sign_in_throttle ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_throttle FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON sign_in_throttle
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_throttle TO lixiang_app;

ALTER TABLE sign_in_policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_policy FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON sign_in_policy
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON sign_in_policy TO lixiang_app;

ALTER TABLE sign_in_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_session FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON sign_in_session
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_session TO lixiang_app;

ALTER TABLE api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_token FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_wall ON api_token
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON api_token TO lixiang_app;

-- Global, outside the wall: before a tenant is known, somebody must be able to say which tenants know a login, and a
-- person with accounts in several tenants must be able to go from one to the other. It holds digests and ids, no name,
-- no password; `person_id` is shared by accounts whose owner has proved to hold both.
CREATE TABLE login_directory (
    login_digest bytea NOT NULL CHECK (octet_length(login_digest) = 32),
    tenant_id uuid NOT NULL,
    account_id uuid NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (login_digest, tenant_id),
    UNIQUE (tenant_id, account_id)
);
CREATE INDEX login_directory_person ON login_directory (person_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON login_directory TO lixiang_app;
