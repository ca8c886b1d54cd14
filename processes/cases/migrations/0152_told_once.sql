-- What is known of a reporter is written with the report and never again, so that no insert has to give way.
create or replace function write_personal(p_tree bigint, p_field smallint[], p_value text[], p_salt bytea[])
returns void language sql as $$
    insert into personal (tree, field, value, salt)
    select p_tree, x.* from unnest(p_field, p_value, p_salt) as x
$$;
