-- Who is there: units, posts, accounts, and who holds which post in which unit. All of it is configuration.

create table unit (
    -- Part of group names such as 'clerk@U12', hence its narrow alphabet.
    code text primary key check (code ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$'),
    name text not null,
    name_en text not null,
    kind text not null check (kind in ('department', 'subdistrict', 'enterprise', 'centre')),
    parent text references unit (code),
    -- Units are never deleted, because cases name them for ever.
    is_valid boolean not null,
    check (parent <> code)
);

create table post (
    key text primary key check (key ~ '^[a-z][a-z0-9-]{0,31}$'),
    name_zh text not null,
    name_en text not null
);

create table account (
    id bigint generated always as identity primary key,
    -- As written by whoever made the account; looked up by its folded form.
    username text not null,
    username_key text not null unique,
    name text not null,
    is_disabled boolean not null,
    created_at timestamptz not null default clock_timestamp()
);

create table membership (
    id bigint generated always as identity primary key,
    account bigint not null references account (id),
    post text not null references post (key),
    unit text references unit (code),
    -- Half open: from the first moment, up to but not including the second; null is unbounded.
    valid_from timestamptz,
    valid_until timestamptz,
    check (valid_from < valid_until)
);
create index membership_account on membership (account);
create index membership_unit on membership (unit);
