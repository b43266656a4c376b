"""A Telegram bot that answers questions about one article with verbatim quotes."""

import os

# Before anything imports it: ONNX Runtime reports to its makers as soon as it is loaded, under an
# id that it keeps in the user's home, and looks at this once. The bot speaks to Telegram alone.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
