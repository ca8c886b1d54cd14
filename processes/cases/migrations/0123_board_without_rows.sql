-- The board counts all open cases: with the number of its tree beside where a case stands, its row is left alone.
drop index cases_open;
create index cases_open on cases (stage, unit, tree) where is_open;
