-- What posts may do, and how people prove who they are.

create table post_permission (
    post text not null references post (key),
    permission text not null,
    primary key (post, permission)
);

create table password (
    account bigint primary key references account (id),
    -- An encoded argon2id hash with its parameters and salt.
    hash text not null,
    changed_at timestamptz not null default clock_timestamp()
);

-- Server-side sign-ins. The token itself is known to its bearer alone. Judged by the database's clock.
create table session (
    token_sha bytea primary key,
    account bigint not null references account (id),
    csrf text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null,
    ends_at timestamptz not null
) with (fillfactor = 70);
create index session_account on session (account);
create index session_end on session (ends_at);

-- Attempts to sign in that were not (yet) crowned by success, by account name or address, hashed because people type
-- their passwords into the wrong field. A subject that stayed quiet is forgotten.
create table sign_in_attempt (
    subject bytea primary key,
    failures int not null,
    last_at timestamptz not null,
    blocked_until timestamptz not null
) with (fillfactor = 70);
create index sign_in_attempt_last on sign_in_attempt (last_at);
