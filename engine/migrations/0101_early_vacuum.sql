-- Each step leaves dead versions of the rows that it updates. By default they stay until they are a fifth of the table, so that they
-- would grow with the city; so they are cleared when there are some hundreds and one in a hundred.
alter table tree set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
alter table instance set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
alter table task set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
alter table timer set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
alter table subscription set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
alter table delivery set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
alter table idempotency set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
