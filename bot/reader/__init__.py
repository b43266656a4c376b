"""The reader: one small transformer that reads a question and passages together."""
