"""What must not go wrong for a person: cries for help, implied cures, advice, words put into mouths."""
