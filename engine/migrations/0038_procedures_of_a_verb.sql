-- Procedures of a verb in the order of their start, ended ones too.
create index procedure_of_verb on procedure (verb, started_at, tree, id);
