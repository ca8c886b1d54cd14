-- Diagrams, decision tables and forms: each published version for ever, and one draft per key.
create table definition (
    kind text not null check (kind in ('process', 'decision', 'form')),
    key text not null,
    number int not null,
    sha bytea not null,
    state text not null check (state in ('published', 'retired')),
    name text not null,
    version_tag text not null,
    source bytea not null,
    note text not null,
    published_by text not null,
    published_at timestamptz not null,
    retired_at timestamptz,
    primary key (kind, key, number)
);
create index definition_sha on definition (sha);

-- A draft's version is that of the configuration object 'definition-draft:<kind>:<key>'.
create table definition_draft (
    kind text not null check (kind in ('process', 'decision', 'form')),
    key text not null,
    source bytea not null,
    editor text not null,
    edited_at timestamptz not null,
    primary key (kind, key)
);
