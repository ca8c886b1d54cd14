-- A step touches the row of its case, and with it all indexes on it. Whatever else a case is found by and no step changes
-- stands beside its words: its number, and where it lies.
alter table case_words rename to case_search;
alter index case_words_pkey rename to case_search_pkey;
alter index case_words_grams rename to case_search_words;
alter table case_search add column number text, add column place point;
update case_search s set number = c.number, place = point(c.lon, c.lat) from cases c where c.tree = s.tree;
alter table case_search alter column number set not null, alter column place set not null;
create unique index case_search_number on case_search (number);
alter table cases drop constraint cases_number_key;

create or replace function write_case(
    p_tree bigint, p_number text, p_subcategory text, p_condition text, p_channel text, p_description text,
    p_address text, p_lon double precision, p_lat double precision, p_given_crs text, p_grid text, p_community text,
    p_street text, p_media text[], p_unit text, p_stage text, p_is_open boolean, p_reported timestamptz,
    p_filed timestamptz, p_closed timestamptz, p_ended timestamptz, p_end text, p_instance int, p_audience text[],
    p_facts text, p_facts_version smallint, p_updated timestamptz
) returns void language plpgsql as $$
begin
    update cases
    set subcategory = p_subcategory, condition = p_condition, address = p_address, lon = p_lon, lat = p_lat,
        given_crs = p_given_crs, grid = p_grid, community = p_community, street = p_street,
        unit = p_unit, stage = p_stage, is_open = p_is_open,
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
        insert into case_search (tree, number, words, place)
        values (p_tree, p_number, p_number || ' ' || p_description || ' ' || p_address, point(p_lon, p_lat));
    end if;
end $$;

drop trigger words_follow_address on cases;
drop function follow_address();

create function follow_place() returns trigger language plpgsql as $$
begin
    update case_search
    set words = new.number || ' ' || new.description || ' ' || new.address, place = point(new.lon, new.lat)
    where tree = new.tree;
    return null;
end $$;

create trigger search_follows_place after update of address, lon, lat on cases
    for each row when ((old.address, old.lon, old.lat) is distinct from (new.address, new.lon, new.lat))
    execute function follow_place();

-- The write-ahead log leaves out what a new version of a row has in common with the old one before its first change and after
-- its last, so that what a step seldom changes stands last.
alter table cases add column seen_by text[], add column set_facts text;
update cases set seen_by = audience, set_facts = facts;
alter table cases drop column audience, drop column facts;
alter table cases rename column seen_by to audience;
alter table cases rename column set_facts to facts;
alter table cases alter column audience set not null, alter column facts set not null;
create index cases_audience on cases using gin (audience);
