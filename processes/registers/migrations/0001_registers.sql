-- The registers of the city (catalogue, calendars, lists, territory) as versions of contents.

-- Lines that stand together, shared by all contents that hold them. A content is staged chunk by chunk, each in a small
-- transaction, and means nothing before something names it.
create table register_chunk (
    sha bytea primary key,
    lines text not null,
    -- Chunks that no content names are forgotten some time after they were last sent.
    staged_at timestamptz not null
);

-- A content is never changed.
create table register_content (
    digest bytea primary key,
    chunks bytea[] not null,
    line_count int not null
);

-- What a file, or a person, would make the next version, with the report that was shown.
create table register_candidate (
    id bigint generated always as identity primary key,
    register text not null,
    digest bytea not null references register_content (digest),
    -- The version that it was compared with; 0 before the first.
    based_on int not null,
    rows_refused int not null,
    -- JSON text.
    report text not null,
    staged_by text not null,
    staged_at timestamptz not null,
    unique (register, digest, based_on, staged_by)
);
create index register_candidate_digest on register_candidate (digest);
create index register_candidate_time on register_candidate (staged_at);

-- Every version there ever was; the highest number is in force.
create table register_version (
    register text not null,
    number int not null,
    digest bytea not null references register_content (digest),
    note text not null,
    published_by text not null,
    published_at timestamptz not null,
    primary key (register, number)
);
create index register_version_digest on register_version (digest);
