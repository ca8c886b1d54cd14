-- Outside systems that cases may ask. Secrets are not in here: a target names the file that holds its own.
create table connector_target (
    name text primary key check (name ~ '^[a-z][a-z0-9._-]{0,63}$'),
    content jsonb not null
);
