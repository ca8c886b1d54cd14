"""The city: catalogue, cases, deadlines, calendars, organisation, territory, verbs, supervision, evaluation."""
