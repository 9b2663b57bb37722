"""The history of every record: kept by triggers, sealed by a chain of hashes, read and restored from here."""
