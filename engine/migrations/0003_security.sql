-- The second chain: sign-in, reveal, refused permission, changes of permission and configuration.
create table security_event (
    seq bigint primary key,
    at timestamptz not null,
    actor text not null,
    type text not null,
    payload text not null,
    hash bytea not null
);
create index security_event_time on security_event using brin (at);

create table security_head (
    one boolean primary key default true check (one),
    seq bigint not null,
    hash bytea not null
) with (fillfactor = 10);
insert into security_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

-- The bytes that are hashed, the same as engine/log/chain.py makes: previous hash, header line with the actor's
-- length, actor, payload.
create function security_hash(p_previous bytea, p_seq bigint, p_at timestamptz, p_actor text, p_type text, p_payload text)
returns bytea language sql immutable as $$
    select sha256(
        p_previous
        || convert_to(
            'security ' || p_seq || ' ' || p_type || ' 1 ' || (extract(epoch from p_at) * 1000000)::bigint || ' '
            || octet_length(p_actor) || E'\n' || p_actor || p_payload,
            'UTF8'
        )
    )
$$;

-- Lines join the chain one writer at a time; the head stays locked until the commit.
create function append_security(p_actors text[], p_types text[], p_payloads text[]) returns void
language plpgsql as $$
declare
    head record;
    line record;
    moment timestamptz;
begin
    select seq, hash into head from security_head for update;
    moment := clock_timestamp();
    for line in select * from unnest(p_actors, p_types, p_payloads) as x(actor, type, payload) loop
        head.seq := head.seq + 1;
        head.hash := security_hash(head.hash, head.seq, moment, line.actor, line.type, line.payload);
        insert into security_event (seq, at, actor, type, payload, hash)
        values (head.seq, moment, line.actor, line.type, line.payload, head.hash);
    end loop;
    update security_head set seq = head.seq, hash = head.hash;
end $$;
