-- Who is served. Global, without a row policy: a request must find its tenant before it has one. It holds nothing
-- that is not public: names, codes and host names of government bodies.
CREATE TABLE tenant (
    id              uuid        PRIMARY KEY,
    code            text        NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9_-]{1,40}$'),
    name            text        NOT NULL,
    level           text        NOT NULL CHECK (level IN ('province', 'city', 'district', 'county')),
    parent_id       uuid        REFERENCES tenant (id),
    jurisdiction    text        NOT NULL,
    edition         text,
    edition_policy  text        NOT NULL CHECK (edition_policy IN ('follow', 'hold')),
    status          text        NOT NULL CHECK (status IN ('open', 'suspended', 'closed')),
    host            text        UNIQUE,
    options_version integer     NOT NULL DEFAULT 0,
    version         integer     NOT NULL DEFAULT 1,
    opened_at       timestamptz NOT NULL DEFAULT now(),
    CHECK (parent_id <> id)
);
CREATE INDEX tenant_parent ON tenant (parent_id);
GRANT SELECT, INSERT, UPDATE ON tenant TO lixiang_app;

-- One row: grows with every change of a tenant, so that a process can tell with one cheap read whether what it
-- remembers still holds.
CREATE TABLE tenant_directory_version (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    version   bigint  NOT NULL
);
INSERT INTO tenant_directory_version (version) VALUES (1);
GRANT SELECT, UPDATE ON tenant_directory_version TO lixiang_app;
