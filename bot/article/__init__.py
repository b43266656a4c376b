"""What may be quoted: the article, its places, and the gate its text leaves by."""
