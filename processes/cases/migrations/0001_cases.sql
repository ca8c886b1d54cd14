-- One row per case: what lists, searches and the row scope look at. Folded from the log of the tree.
create table cases (
    tree bigint primary key,
    number text not null unique,
    subcategory text not null,
    condition text,
    channel text not null,
    description text not null,
    address text not null,
    -- Degrees in CGCS2000, and the system in which they were given.
    lon double precision not null,
    lat double precision not null,
    given_crs text not null,
    -- Codes; empty outside all grids.
    grid text not null,
    community text not null,
    street text not null,
    media text[] not null,
    unit text,
    stage text not null,
    is_open boolean not null,
    reported_at timestamptz not null,
    filed_at timestamptz,
    closed_at timestamptz,
    ended_at timestamptz,
    -- Id of the end event that was reached.
    "end" text not null,
    -- The case's own instance in its tree.
    instance int,
    -- Keys of those who may see it, sorted; only ever added to.
    audience text[] not null,
    -- JSON text: the facts that output mappings have set, and the version of their schema.
    facts text not null,
    facts_version smallint not null,
    updated_at timestamptz not null
) with (fillfactor = 70);

create index cases_reported on cases (reported_at, tree);
create index cases_of_stage on cases (stage, reported_at, tree);
create index cases_of_unit on cases (unit, reported_at, tree) where unit is not null;
create index cases_open on cases (stage, unit) where is_open;
create index cases_of_subcategory on cases (subcategory text_pattern_ops, reported_at, tree);
create index cases_of_grid on cases (grid, reported_at, tree);
create index cases_audience on cases using gin (audience);

-- A case is written once in full, by its report; after that only what its life changes.
create function write_case(
    p_tree bigint, p_number text, p_subcategory text, p_condition text, p_channel text, p_description text,
    p_address text, p_lon double precision, p_lat double precision, p_given_crs text, p_grid text, p_community text,
    p_street text, p_media text[], p_unit text, p_stage text, p_is_open boolean, p_reported timestamptz,
    p_filed timestamptz, p_closed timestamptz, p_ended timestamptz, p_end text, p_instance int, p_audience text[],
    p_facts text, p_facts_version smallint, p_updated timestamptz
) returns void language plpgsql as $$
begin
    update cases
    set subcategory = p_subcategory, condition = p_condition, unit = p_unit, stage = p_stage, is_open = p_is_open,
        filed_at = p_filed, closed_at = p_closed, ended_at = p_ended, "end" = p_end, instance = p_instance,
        audience = p_audience, facts = p_facts, facts_version = p_facts_version, updated_at = p_updated
    where tree = p_tree;
    if not found then
        insert into cases (
            tree, number, subcategory, condition, channel, description, address, lon, lat, given_crs, grid, community,
            street, media, unit, stage, is_open, reported_at, filed_at, closed_at, ended_at, "end", instance, audience,
            facts, facts_version, updated_at
        ) values (
            p_tree, p_number, p_subcategory, p_condition, p_channel, p_description, p_address, p_lon, p_lat,
            p_given_crs, p_grid, p_community, p_street, p_media, p_unit, p_stage, p_is_open, p_reported, p_filed,
            p_closed, p_ended, p_end, p_instance, p_audience, p_facts, p_facts_version, p_updated
        );
    end if;
end $$;

-- What is known of reporters, outside the log so that it can be erased; the log has salted hashes.
create table personal (
    tree bigint not null,
    field smallint not null,
    value text not null,
    salt bytea not null,
    primary key (tree, field)
);
alter table personal alter column tree set (n_distinct = -0.5);

create function write_personal(p_tree bigint, p_field smallint[], p_value text[], p_salt bytea[])
returns void language sql as $$
    insert into personal (tree, field, value, salt)
    select p_tree, x.* from unnest(p_field, p_value, p_salt) as x
    on conflict (tree, field) do update set value = excluded.value, salt = excluded.salt
$$;
