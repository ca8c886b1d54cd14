-- What each person keeps in sight: cases that are watched, and questions to lists that are kept under a name.
create table watch (
    account bigint not null references account (id),
    tree bigint not null,
    since timestamptz not null default clock_timestamp(),
    -- Number of the last event of the case that the person was shown.
    seen_seq int not null,
    primary key (account, tree)
);

create table saved_filter (
    account bigint not null references account (id),
    -- The list that is asked, such as 'inbox'.
    page text not null,
    name text not null,
    -- JSON text: the members of the page's address.
    query text not null,
    saved_at timestamptz not null default clock_timestamp(),
    primary key (account, page, name)
);
