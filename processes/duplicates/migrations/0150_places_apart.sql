-- Beside the rows of cases, which every step writes (processes/cases/migrations/0150_found_apart.sql).
drop index cases_place;
create index case_search_place on case_search using gist (place);
