-- Chinese has no spaces to part words at, so a text is found by its characters and its pairs of neighbours: whatever
-- holds a text holds all of them. The match to the letter is judged afterwards, on what is left.
create function text_grams(p_text text) returns text[] language sql immutable parallel safe strict cost 2000 as $$
    select coalesce(array_agg(distinct gram), '{}')
    from (
        select letter, letter || lead(letter) over (order by place) as pair
        from unnest(string_to_array(lower(p_text), null)) with ordinality as l(letter, place)
    ) as neighbours, lateral (values (letter), (pair)) as grams(gram)
    where gram is not null
$$;

-- Over columns that never change, so that the life of a case does not touch it.
create index cases_text on cases using gin (text_grams(number || ' ' || description || ' ' || address));
