"""The profile report made of released tables, and of nothing else: sentences, charts and files."""
