-- Whoever waits for a condition waits with a subscription, as for a message; nobody sends it.
alter table subscription drop constraint subscription_kind_check,
    add constraint subscription_kind_check check (kind in ('message', 'signal', 'condition'));
