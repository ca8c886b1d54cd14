-- A process may begin with whichever of several messages and signals comes.
drop index definition_starts;
alter table definition alter column starts_by drop default;
alter table definition alter column starts_by type text[] using array_remove(array[starts_by], '');
alter table definition alter column starts_by set default '{}';
create index definition_starts on definition using gin (starts_by);

-- Keys of the processes whose latest published version something begins.
create or replace function starters_of(p_starts_by text) returns text[] language sql as $$
    select coalesce(array_agg(d.key order by d.key), '{}') from definition d
    where d.starts_by @> array[p_starts_by] and d.kind = 'process' and d.state = 'published' and not exists (
        select from definition n
        where n.kind = 'process' and n.key = d.key and n.state = 'published' and n.number > d.number)
$$;

-- The messages that begin what is published now are wanted; whoever takes one of them in waits for that.
drop function publish_start(text);
create function publish_starts(p_starts_by text[]) returns void language plpgsql as $$
declare
    found_names text[] := array(select substr(u.start, 9) from unnest(p_starts_by) as u(start) where u.start like 'message:%');
begin
    perform pg_advisory_xact_lock(x.box) from (
        select distinct hashtextextended('start', hashtextextended(u.name, 1)) as box
        from unnest(found_names) as u(name) order by 1
    ) x;
    update message set is_wanted = true where name = any(found_names) and state = 'open' and not is_wanted;
end $$;
