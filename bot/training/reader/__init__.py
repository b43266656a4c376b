"""Trains the reader: needs the packages of the `train` group (PyTorch, ONNX)."""
