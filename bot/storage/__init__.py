"""What outlives a message: preferences, questions, answers, votes, and updates not yet handled.

`interfaces` says what can be kept, `memory` keeps it in the process, `sql` in SQLite or PostgreSQL.
"""
