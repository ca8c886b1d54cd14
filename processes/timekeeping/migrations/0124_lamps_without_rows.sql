-- The board, the lists and the map take the lamps of all open cases from here, without the rows of their deadlines.
create index deadline_of_case on deadline (tree) include (due_at, warn_at, is_paused) where ending is null;
