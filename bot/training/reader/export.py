"""Writes a trained network in the form that the bot reads: int8 ONNX graphs, 4-bit embeddings.

Weights are kept to 7 bits (`reduce_range`): products of unsigned and signed bytes are summed in
16 bits on processors without VNNI, and would saturate with 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from bot.reader.pieces import PieceTokenizer
from bot.reader.windows import passage_prefix
from bot.training.reader.network import HEADS, WIDTH, Job, Layer, ReaderNetwork
from bot.training.reader.pretrained import Pretrained

_OPSET = 17


class _Smoothed(nn.Module):
    """A linear layer whose inputs are evened out before it, and its weights the other way.

    A few of the states' channels are ten times the others, and bytes would keep nothing of the
    rest (Xiao et al. 2023, SmoothQuant).
    """

    def __init__(self, weight: Tensor, bias: Tensor, reach: Tensor) -> None:
        super().__init__()
        least = 1e-5
        scale = (reach.clamp(min=least) / weight.abs().amax(0).clamp(min=least)).sqrt()
        scale = scale.clamp(min=least)
        self.evened = nn.Parameter(1 / scale, requires_grad=False)
        self.linear = nn.Linear(weight.shape[1], weight.shape[0])
        self.linear.weight.data = (weight * scale).detach()
        self.linear.bias.data = bias.detach()

    def forward(self, inputs: Tensor) -> Tensor:
        outputs: Tensor = self.linear(inputs * self.evened)
        return outputs


class _Layer(nn.Module):
    """A layer over one sequence (pieces, width), without batch, mask or dropout."""

    def __init__(self, layer: Layer, reach: dict[nn.Module, Tensor]) -> None:
        super().__init__()
        scale = (WIDTH // HEADS) ** -0.5
        query, key, value = layer.query, layer.key, layer.value
        self.qkv = _Smoothed(
            torch.cat([query.weight * scale, key.weight, value.weight]),
            torch.cat([query.bias * scale, key.bias, value.bias]),
            reach[query],
        )
        self.attended, self.inner, self.outer = (
            _Smoothed(part.weight, part.bias, reach[part])
            for part in (layer.attended, layer.inner, layer.outer)
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


def _reach(
    network: ReaderNetwork, jobs: Sequence[Job], prefix: Sequence[int]
) -> dict[nn.Module, Tensor]:
    """How far the inputs of each linear layer go from zero, a channel, over `jobs`."""
    found: dict[nn.Module, Tensor] = {}

    def watch(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        most = inputs[0].detach().abs().flatten(0, -2).amax(0).float()
        before = found.get(module)
        found[module] = most if before is None else torch.maximum(before, most)

    layers = [*network.lower, *network.joint]
    hooks = [
        part.register_forward_pre_hook(watch)
        for layer in layers
        for part in (layer.query, layer.attended, layer.inner, layer.outer)
    ]
    with torch.no_grad():
        network(jobs, prefix)
    for hook in hooks:
        hook.remove()
    return found


class _Lower(nn.Module):
    def __init__(self, network: ReaderNetwork, reach: dict[nn.Module, Tensor]) -> None:
        super().__init__()
        self.norm = network.norm
        self.layers = nn.ModuleList(_Layer(layer, reach) for layer in network.lower)

    def forward(self, embedded: Tensor) -> Tensor:
        states = self.norm(embedded)
        for layer in self.layers:
            states = layer(states)
        return states


class _Joint(nn.Module):
    """The joint layers; out come (pieces, 5): none, attention, score, start, end."""

    def __init__(self, network: ReaderNetwork, reach: dict[nn.Module, Tensor]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(_Layer(layer, reach) for layer in network.joint)
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
    jobs: Sequence[Job],
    folder: Path,
) -> None:
    """Write `network` into `folder`, as `bot.reader.model` reads it.

    `jobs` are some questions of some texts: what the layers see of them is evened out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    reach = _reach(network, jobs, passage_prefix(tokenizer))
    graphs: dict[str, nn.Module] = {
        "lower": _Lower(network, reach),
        "joint": _Joint(network, reach),
    }
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
        quantize_dynamic(
            exact,
            folder / f"{name}.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
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
