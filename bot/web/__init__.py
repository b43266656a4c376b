"""HTTP for Telegram and for the operator: the webhook, health and metrics.

Its modules are imported one by one: the playground needs the server alone.
"""
