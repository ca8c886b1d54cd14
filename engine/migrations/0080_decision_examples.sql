-- What a decision model is to come to, example by example, under the model's key.
-- The version of the list is that of the configuration object 'decision-examples:<key>'.
create table decision_examples (
    key text primary key,
    -- A list of JSON objects: name, decision, inputs, outputs.
    examples text not null,
    editor text not null,
    edited_at timestamptz not null
);
