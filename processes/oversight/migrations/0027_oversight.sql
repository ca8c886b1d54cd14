-- What supervisors look back on: cases that ended, day by day, and the newest instances of a diagram.
create index cases_ended on cases (ended_at) where ended_at is not null;
create index instance_started on instance (definition_key, started_at desc, tree, id);
