-- Scenarios beside a diagram, in files of its own; the version of one is that of the configuration object
-- 'scenarios:<process>:<name>'. The engine keeps them as they are: what they mean is known a floor above.
create table scenario_file (
    process text not null,
    name text not null,
    title text not null,
    source text not null,
    editor text not null,
    edited_at timestamptz not null,
    primary key (process, name)
);

-- Those that stood beside the diagram when it was published: they come back with the version.
create table published_scenario_file (
    process text not null,
    number int not null,
    name text not null,
    title text not null,
    source text not null,
    primary key (process, number, name)
);
