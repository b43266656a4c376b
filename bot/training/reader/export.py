"""Writes a trained network in the form that the bot reads: int8 ONNX graphs, 4-bit embeddings.

Weights are bytes in blocks of 128 with a scale each (MatMulNBits), and inputs are rounded block by
block as they come: a few of the states' channels are ten times the others, and one scale for a
whole sequence, as in dynamic quantisation, costs two points of AUROC.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn
from torch.nn import functional

from bot.reader.pieces import PieceTokenizer
from bot.training.reader.network import HEADS, WIDTH, Layer, ReaderNetwork
from bot.training.reader.pretrained import Pretrained

_OPSET = 17
_BITS = 8
_BLOCK = 128
# ONNX Runtime's name for products of bytes with bytes.
_BYTES_MEET_BYTES = 4


class _Linear(nn.Module):
    """A linear layer as a product and a sum, not one Gemm: the quantiser knows products alone."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight.detach().T.contiguous(), requires_grad=False)
        self.bias = nn.Parameter(bias.detach().clone(), requires_grad=False)

    def forward(self, inputs: Tensor) -> Tensor:
        outputs: Tensor = inputs @ self.weight + self.bias
        return outputs


class _Layer(nn.Module):
    """A layer over one sequence (pieces, width), without batch, mask or dropout."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        scale = (WIDTH // HEADS) ** -0.5
        query, key, value = layer.query, layer.key, layer.value
        self.qkv = _Linear(
            torch.cat([query.weight * scale, key.weight, value.weight]),
            torch.cat([query.bias * scale, key.bias, value.bias]),
        )
        self.attended, self.inner, self.outer = (
            _Linear(part.weight, part.bias) for part in (layer.attended, layer.inner, layer.outer)
        )
        self.attended_norm, self.outer_norm = layer.attended_norm, layer.outer_norm

    def forward(self, states: Tensor) -> Tensor:
        heads = self.qkv(states).view(-1, 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3)
        query, key, value = heads[0], heads[1], heads[2]
        mixed = torch.softmax(query @ key.transpose(-1, -2), -1) @ value
        mixed = mixed.permute(1, 0, 2).reshape(-1, WIDTH)
        states = self.attended_norm(states + self.attended(mixed))
        fed = self.outer(functional.gelu(self.inner(states)))
        normed: Tensor = self.outer_norm(states + fed)
        return normed


class _Lower(nn.Module):
    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.norm = network.norm
        self.layers = nn.ModuleList(_Layer(layer) for layer in network.lower)

    def forward(self, embedded: Tensor) -> Tensor:
        states = self.norm(embedded)
        for layer in self.layers:
            states = layer(states)
        return states


class _Joint(nn.Module):
    """The joint layers; out come (pieces, 5): none, attention, score, start, end."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.layers = nn.ModuleList(_Layer(layer) for layer in network.joint)
        heads = (network.none, network.attend, network.score, network.span)
        self.heads = nn.Linear(WIDTH, 5)
        self.heads.weight.data = torch.cat([head.weight for head in heads]).detach()
        self.heads.bias.data = torch.cat([head.bias for head in heads]).detach()

    def forward(self, states: Tensor) -> Tensor:
        for layer in self.layers:
            states = layer(states)
        outputs: Tensor = self.heads(states)
        return outputs


def export(
    network: ReaderNetwork,
    tokenizer: PieceTokenizer,
    kept: npt.NDArray[np.int64],
    folder: Path,
) -> None:
    """Write `network` into `folder`, as `bot.reader.model` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    graphs: dict[str, nn.Module] = {"lower": _Lower(network), "joint": _Joint(network)}
    for name, graph in graphs.items():
        exact = folder / f"{name}.float.onnx"
        torch.onnx.export(
            graph.eval(),
            (torch.randn(40, WIDTH),),
            str(exact),
            input_names=["states"],
            output_names=["read"],
            dynamic_axes={"states": {0: "pieces"}, "read": {0: "pieces"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantiser = MatMulNBitsQuantizer(
            onnx.load(exact),
            bits=_BITS,
            block_size=_BLOCK,
            is_symmetric=True,
            accuracy_level=_BYTES_MEET_BYTES,
        )
        quantiser.process()
        quantiser.model.save_model_to_file(str(folder / f"{name}.onnx"))
        exact.unlink()
    pretrained = Pretrained()
    state = network.state_dict()

    def numbers(name: str) -> np.ndarray:
        values: np.ndarray = state[name].detach().float().numpy()
        return values

    np.savez(
        folder / "parameters.npz",
        words=pretrained.word_blocks[kept],
        positions=numbers("positions").astype(np.float16),
        project=numbers("project.weight").astype(np.float16),
        project_bias=numbers("project.bias"),
        weigh=np.append(numbers("weigh.weight")[0], numbers("weigh.bias")),
        none_features=np.append(numbers("none_features.weight")[0], numbers("none_features.bias")),
        segment=numbers("segment"),
        same=numbers("same"),
        alike=numbers("alike"),
        scalars=np.array(
            [
                float(state[name])
                for name in (
                    "idf_weight",
                    "history_weight",
                    "interaction_scale",
                    "bm25_scale",
                )
            ],
            dtype=np.float32,
        ),
    )
    tokenizer.save(folder / "pieces.json")
