-- Keys of programs. The secret itself is nowhere: it is worked out from the salt and the secret of the installation,
-- which is not in the database, so that whoever has read all of this can sign nothing.
create table api_key (
    key text primary key,
    account bigint not null references account (id),
    name text not null,
    -- Names of permissions: what of the account's may be used.
    scopes text[] not null,
    salt bytea not null,
    -- The salt before the last rotation, for as long as programs may still use what came of it.
    former_salt bytea,
    former_ends_at timestamptz,
    made_at timestamptz not null default clock_timestamp(),
    rotated_at timestamptz not null default clock_timestamp(),
    ends_at timestamptz not null,
    revoked_at timestamptz
);
