-- Claims by whoever lets deadlines warn, which are no events: until when the last claim holds, and for which moment. System
-- time. A deadline that moves is another one to claim.
alter table deadline add column leased_until timestamptz;
alter table deadline add column leased_for timestamptz;

-- Claim up to p_limit deadlines that are to warn at p_now, for p_seconds each; p_now null means now.
create function claim_warnings(p_now timestamptz, p_limit int, p_seconds float8)
returns table (tree bigint, deadline int) language sql as $$
    with due as materialized (
        select d.tree, d.id from deadline d
        where d.ending is null and not d.has_warned and not d.is_paused
          -- A sub-query is computed once and may bound the index.
          and d.warn_at <= (select coalesce(p_now, clock_timestamp()))
          and (d.leased_until is null or d.leased_until <= clock_timestamp() or d.leased_for <> d.warn_at)
        order by d.warn_at, d.tree, d.id limit p_limit
        for update skip locked
    )
    update deadline d
    set leased_until = clock_timestamp() + make_interval(secs => p_seconds), leased_for = d.warn_at
    from due where d.tree = due.tree and d.id = due.id
    returning d.tree, d.id
$$;
