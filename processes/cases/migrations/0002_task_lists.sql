-- Lists of tasks walk one index range per queue and stage, in the order in which tasks were opened; counts of a queue's
-- stages come from the same ranges, without the rows.
create index task_work on task (queue, stage, opened_at, tree, id) include (assignee) where state = 'open';
