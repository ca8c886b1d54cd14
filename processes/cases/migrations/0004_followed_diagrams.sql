-- Where a case has been on its diagrams, folded up to an event, so that looking at a long past costs only what came
-- after it. Written by whoever looked; to be made anew from the log at any time.
create table followed_diagram (
    tree bigint primary key,
    -- Number of the last event that is folded in.
    seq int not null,
    content text not null
);
