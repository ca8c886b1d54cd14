"""PostgreSQL: the pool, the unit of work that commits, migrations, and the store of case trees."""
