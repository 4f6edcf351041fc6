"""What is remembered, in a database: conversations, misses, feedback, counts, the audit log."""
