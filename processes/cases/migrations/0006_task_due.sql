-- Lists of tasks in the order in which they are due walk one index range per queue and stage; what is never due is last.
create index task_due on task (queue, stage, (coalesce(due_at, timestamptz 'infinity')), tree, id) where state = 'open';
