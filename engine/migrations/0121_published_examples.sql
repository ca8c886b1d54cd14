-- The examples that stood beside a decision when it was published: they come back with the version.
create table published_decision_examples (
    key text not null,
    number int not null,
    -- As in decision_examples.
    examples text not null,
    primary key (key, number)
);
