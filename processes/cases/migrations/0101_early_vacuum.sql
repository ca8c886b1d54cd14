-- As the engine's tables that each step updates (engine/migrations/0101_early_vacuum.sql).
alter table cases set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
