-- Who took a version out of use, and why; empty while it is published.
alter table definition add column retired_by text not null default '';
alter table definition add column retired_because text not null default '';
