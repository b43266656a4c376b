"""What must not go wrong for a person: distress, implied cures, advice, words put into mouths."""
