"""The database: tables, journal, staging, changes, snapshots, log."""
