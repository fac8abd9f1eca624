"""One module for each group of tables; :mod:`store.database` puts them together."""
