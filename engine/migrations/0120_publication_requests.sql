-- What somebody asks another person to publish: the draft of a key as it was then. One per key, the latest; what became
-- of earlier ones stands in the security chain. Its version is that of the configuration object
-- 'publication-request:<kind>:<key>'.
create table publication_request (
    kind text not null check (kind in ('process', 'decision', 'form')),
    key text not null,
    draft_version bigint not null,
    note text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    state text not null check (state in ('waiting', 'approved', 'refused')),
    decided_by text,
    decided_at timestamptz,
    -- Why it was refused.
    reason text not null default '',
    primary key (kind, key),
    check ((state = 'waiting') = (decided_by is null))
);
