-- Where a case is may be corrected. What is set to what it was touches no index, so that a step costs what it did; the words
-- that a case is found by follow its address, and are written only when it has changed.
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
        insert into case_words (tree, words) values (p_tree, p_number || ' ' || p_description || ' ' || p_address);
    end if;
end $$;

create function follow_address() returns trigger language plpgsql as $$
begin
    update case_words set words = new.number || ' ' || new.description || ' ' || new.address where tree = new.tree;
    return null;
end $$;

create trigger words_follow_address after update of address on cases
    for each row when (old.address is distinct from new.address) execute function follow_address();
