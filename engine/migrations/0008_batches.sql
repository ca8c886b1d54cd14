-- Work over many aggregates: one row, one command per item.
create table batch (
    id bigint generated always as identity primary key,
    kind text not null,
    state text not null check (state in ('running', 'done', 'cancelled')),
    total int not null,
    requested_by text not null,
    requested_at timestamptz not null,
    ended_at timestamptz
) with (fillfactor = 80);
create index batch_running on batch (id) where state = 'running';

create table batch_item (
    batch bigint not null references batch (id) on delete cascade,
    place int not null,
    -- What the command of this item is made of, JSON.
    item text not null,
    state text not null default 'pending' check (state in ('pending', 'done', 'refused', 'failed')),
    -- The answer, or the refusal, JSON.
    answer text,
    ended_at timestamptz,
    primary key (batch, place)
) with (fillfactor = 80);
create index batch_item_pending on batch_item (batch, place) where state = 'pending';
