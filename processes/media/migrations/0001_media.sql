-- Photos and attachments. The bytes of finished ones are files named by their hash; these are the rows that name them.

create table media (
    id bigint generated always as identity primary key,
    -- SHA-256 of the stored bytes, and so the name of the file; the same picture sent twice is one file, two rows.
    sha bytea not null,
    type text not null check (type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
    bytes int not null,
    -- Of pictures only.
    width int,
    height int,
    usage text not null,
    -- What the file was called where it came from: text to show, never a path.
    name text not null,
    uploaded_by text not null,
    uploaded_at timestamptz not null default clock_timestamp(),
    -- Referred to by case_media.
    unique (id, uploaded_by)
);

-- Which cases show which media: folded from events, whose data name them as 'media:12'. The foreign key refuses what the
-- actor of the event did not upload, unless the case shows it already.
create table case_media (
    tree bigint not null,
    media bigint not null,
    linked_by text not null,
    linked_at timestamptz not null,
    primary key (tree, media),
    constraint case_media_linked_by_its_uploader foreign key (media, linked_by) references media (id, uploaded_by)
);
alter table case_media alter column tree set (n_distinct = -0.3);
create index case_media_media on case_media (media);

create function write_case_media(p_tree bigint, p_media bigint[], p_by text[], p_at timestamptz[])
returns void language sql as $$
    insert into case_media (tree, media, linked_by, linked_at)
    select p_tree, x.media, x.linked_by, x.linked_at
    from unnest(p_media, p_by, p_at) as x(media, linked_by, linked_at)
    where not exists (select from case_media c where c.tree = p_tree and c.media = x.media)
$$;

-- Files on their way in, piece by piece; any process of any machine may take the next piece.
create table upload (
    id bigint generated always as identity primary key,
    owner text not null,
    name text not null,
    usage text not null,
    bytes int not null check (bytes > 0),
    received int not null default 0 check (received between 0 and bytes),
    begun_at timestamptz not null default clock_timestamp(),
    -- Set when all is received, judged and stored.
    media bigint references media (id)
) with (fillfactor = 70);
create index upload_open on upload (owner) where media is null;
create index upload_begun on upload (begun_at);

create table upload_chunk (
    upload bigint not null references upload (id) on delete cascade,
    start int not null,
    content bytea not null,
    primary key (upload, start)
);
alter table upload_chunk alter column content set storage external;
