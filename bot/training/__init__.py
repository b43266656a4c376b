"""Fits the learned weights; development only (scikit-learn is not installed with the bot)."""
