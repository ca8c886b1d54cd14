-- What whoever asked for a batch was permitted then: nobody's batch may do more, and it may do less by the time it runs.
alter table batch add column scopes text[] not null default '{}';
create index batch_requested on batch (requested_by, id);
