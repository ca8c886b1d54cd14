-- A list of one's work counts up to a thousand tasks for each queue and stage, under whatever it is asked for: these hold all of
-- that, so that the rows are left alone but for those of the page. What is added to them changes only when they would have been
-- written anew in any case.
drop index task_work;
create index task_work on task (queue, stage, opened_at, tree, id) include (assignee, warn_at, due_at)
where state = 'open';
drop index task_due;
create index task_due on task (queue, stage, (coalesce(due_at, timestamptz 'infinity')), tree, id)
include (assignee, warn_at, due_at) where state = 'open';
drop index task_assignee;
create index task_assignee on task (assignee, opened_at, tree, id) include (queue, stage, warn_at, due_at)
where state = 'open' and assignee is not null;
