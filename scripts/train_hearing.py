"""Make the weights of the crisis hearing: src/becoming/care/hearing/{upper,head}.npz.

    uv run --with torch==2.13.0 --with onnx==1.23.2 python -m scripts.train_hearing --data ../shared/data [--apart]

The layers of the packaged MiniLM are trained together with the head that reads them, on the lines in
`scripts/hearing/*.txt` with paraphrases by code; on what people say in the book of her voice, where nobody is in danger; and on comments from GoEmotions' training half (Demszky et al. 2020,
data CC BY 4.0) as everyday talk without danger; comments that do speak of it are left out. Beside it the layers learn what is
asked of her hands (`scripts/intents`), so that one reading of a line serves both (multi-task learning, Caruana 1997); that
head is made by `scripts.train_intents` afterwards. Bounds are set on comments
that no training has read. `--apart` keeps every fourth base line, with its paraphrases, from the training and says how
well those are heard; nothing is written then. The benchmark's held-out lines are not read here.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import BertWordPieceTokenizer
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from becoming.care.hearing import pieces
from becoming.care.hearing.building import LEVELS
from becoming.care.hearing.head import (
    ABOUT,
    EMBEDDED,
    FILE,
    KINDS,
    OUTPUTS,
    PROBE,
    RUNS,
    UPPER,
    Floats,
    features,
    forward,
    given,
    read_by_words,
    softmax,
    spoken_form,
)
from becoming.care.hearing.plainly import stated
from becoming.care.hearing.words import plain
from becoming.conversation.examples import book
from becoming.conversation.hands.intents import NONE
from becoming.memory.recall.embedding import WORDPIECE, Sentences
from scripts.hearing import lines
from scripts.hearing.encoder import DIM, Encoder
from scripts.hearing.encoder import UPPER as UPPER_LAYERS
from scripts.hearing.paraphrase import paraphrases
from scripts.intents import lines as intents

Ints = npt.NDArray[np.int64]

SEED, APART = 7, 4
DANGER_VARIANTS, OTHER_VARIANTS, ASKED_VARIANTS, COMMENTS, MORE, LONGEST = 3, 2, 2, 34_000, 9_000, 64
NETS, HIDDEN, EPOCHS, BATCH, DROPPED, SMOOTHED = 4, 128, 3, 48, 0.4, 0.05
ENCODER_RATE, LOWER, HEAD_RATE, WARM = 1e-4, 0.85, 2e-3, 0.06
"""AdamW's rates (Loshchilov & Hutter 2019): of the last layer, of each one below it by so much less, of the heads; and for
which share of the steps they rise before they fall as a cosine."""
AVERAGED = 0.998
"""What is written is the moving average of the weights (Polyak & Juditsky 1992), which falls for chance less than the last."""
FALSE_ALARMS, STRAY_SIGNS = 0.01, 0.03
"""The shares of the comments that may be asked about, and taken for a sign."""
SIGN, CONCERN, EMERGENCY = 0.4, 0.5, 0.6
"""The least chances from which a line is a sign, a concern, an emergency."""
INTENTS = sorted({each.intent for each in intents.read()}, key=lambda name: (name != NONE, name))
"""What may be asked of her hands; the first is nothing."""
MENTIONS = re.compile(
    r"suicid|kill (?:my|your)self|want to die|self harm|anorexi|bulimi|\brape|abus|molest|hang (?:my|your)self|overdos"
)
"""Comments with these may be no everyday talk; they are not trained on."""


@dataclass(frozen=True)
class Rows:
    """Plain lines, and what ought to be heard in each; -1 where it is not to be judged."""

    texts: list[str]
    level: Ints
    kind: Ints
    about: Ints
    asks: Ints

    @property
    def labels(self) -> tuple[Ints, ...]:
        """(n,) each."""
        return self.level, self.kind, self.about, self.asks

    def __add__(self, other: Rows) -> Rows:
        """These and those."""
        return Rows(
            self.texts + other.texts, *map(np.concatenate, zip(self.labels, other.labels, strict=True))
        )

    def batches(self, chance: random.Random) -> Iterator[list[int]]:
        """Of about the same length each, all in another order each time."""
        order = list(range(len(self.texts)))
        chance.shuffle(order)
        near = [
            sorted(order[at : at + 16 * BATCH], key=lambda row: len(self.texts[row]))
            for at in range(0, len(order), 16 * BATCH)
        ]
        batches = [some[at : at + BATCH] for some in near for at in range(0, len(some), BATCH)]
        chance.shuffle(batches)
        yield from batches


class Net(nn.Module):
    """The encoder and heads beside each other; every other one is blind for single words. Their mean errs less than each."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        wide = DIM + len(features("")) + RUNS
        self.sees = [wide - RUNS if number % 2 else wide for number in range(NETS)]
        self.first = nn.ModuleList(nn.Linear(sees, HIDDEN) for sees in self.sees)
        self.second = nn.ModuleList(nn.Linear(HIDDEN, OUTPUTS) for _ in range(NETS))
        self.asks = nn.Linear(DIM, len(INTENTS))
        for layer in self.first:
            nn.init.normal_(layer.weight, std=wide**-0.5)

    def forward(self, ids: Tensor, read: Tensor) -> tuple[list[Tensor], Tensor]:
        """Of each head (n, OUTPUTS), and (n, INTENTS); `read`: (n, features + RUNS)."""
        meaning = functional.normalize(self.encoder(ids), dim=-1) * float(EMBEDDED)
        inputs = torch.cat([meaning, read], dim=-1)
        hidden = [
            functional.relu(layer(inputs[:, :sees]))
            for layer, sees in zip(self.first, self.sees, strict=True)
        ]
        let = [functional.dropout(each, DROPPED, self.training) for each in hidden]
        return [layer(each) for layer, each in zip(self.second, let, strict=True)], self.asks(meaning)

    def weights(self) -> dict[str, Floats]:
        """The heads as one, as the run time reads it."""
        wide = max(self.sees)
        first = [functional.pad(layer.weight, (0, wide - layer.weight.shape[1])).T for layer in self.first]
        second = [layer.weight.T / NETS for layer in self.second]
        joined = {
            "w1": torch.cat(first, dim=1),
            "b1": torch.cat([layer.bias for layer in self.first]),
            "w2": torch.cat(second),
            "b2": torch.stack([layer.bias for layer in self.second]).mean(0),
        }
        return {name: value.detach().numpy() for name, value in joined.items()}


def main() -> None:
    """Read, paraphrase, train, set the bounds, write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds goemotions/train.tsv")
    parser.add_argument(
        "--apart", action="store_true", help="only say how well lines are heard that were kept apart"
    )
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    base = lines.read()
    chosen = (
        np.random.default_rng(SEED).integers(0, APART, len(base)) == 0
        if arguments.apart
        else np.zeros(len(base), bool)
    )
    kept = [line for line, apart in zip(base, chosen, strict=True) if apart]
    comments = _comments(arguments.data / "goemotions" / "train.tsv")
    net = Net()
    train(
        net,
        _said([line for line, apart in zip(base, chosen, strict=True) if not apart])
        + _everyday([*_told(), *comments[:COMMENTS]])
        + _asked(base),
    )
    half = {name: value.astype(np.float16) for name, value in net.weights().items()}
    weights = {name: value.astype(np.float32) for name, value in half.items()}
    with TemporaryDirectory() as folder:
        upper = Path(folder) / UPPER.name
        np.savez_compressed(upper, allow_pickle=False, **net.encoder.upper())
        embed = Sentences(upper)
        weights["probe"] = embed([PROBE])[0]
        weights["bounds"] = _bounds(weights, embed, comments[COMMENTS:][:MORE])
        if arguments.apart:
            _tell(weights, embed, kept)
        else:
            shutil.copy(upper, UPPER)
            np.savez_compressed(FILE, allow_pickle=False, **(weights | half))
            print(*(f"{file.name}: {file.stat().st_size / 1024:.0f} KiB" for file in (UPPER, FILE)))


def train(net: Net, rows: Rows) -> None:
    """All of it end to end, on the sum of four cross-entropies."""
    tokenizer = BertWordPieceTokenizer(str(WORDPIECE))
    tokenizer.enable_truncation(LONGEST)
    ids = [
        torch.tensor(each.ids) for each in tokenizer.encode_batch([spoken_form(text) for text in rows.texts])
    ]
    read = torch.tensor(np.stack([read_by_words(text) for text in rows.texts]).astype(np.float32))
    labels = [torch.tensor(each) for each in rows.labels]
    trained = [each for each in net.encoder.parameters() if each.requires_grad]
    heads = [*net.first.parameters(), *net.second.parameters(), *net.asks.parameters()]
    layers = [
        {"params": layer.parameters(), "lr": ENCODER_RATE * LOWER**above, "weight_decay": 1e-2}
        for above, layer in enumerate(reversed(net.encoder.layers[-UPPER_LAYERS:]))
    ]
    optimizer = torch.optim.AdamW([*layers, {"params": heads, "lr": HEAD_RATE, "weight_decay": 1e-3}])
    averaged = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED))
    steps = EPOCHS * (len(rows.texts) // BATCH + 1)
    rise = torch.optim.lr_scheduler.LinearLR(optimizer, 0.01, total_iters=round(WARM * steps))
    fall = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    chance, began = random.Random(SEED), time.monotonic()
    for epoch in range(EPOCHS):
        net.train()
        total = 0.0
        for batch in rows.batches(chance):
            padded = nn.utils.rnn.pad_sequence([ids[row] for row in batch], batch_first=True)
            with torch.autocast("cpu", torch.bfloat16):
                outs, asks = net(padded, read[batch])
            *danger, intents = (each[batch] for each in labels)
            loss = sum(_error(out.float(), danger) for out in outs) / NETS + _miss(asks.float(), intents)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            averaged.update_parameters(net)
            rise.step()
            fall.step()
            total += float(loss.detach()) * len(batch)
        print(
            f"epoch {epoch}: loss {total / len(rows.texts):.3f}, {time.monotonic() - began:.0f} s", flush=True
        )
    net.load_state_dict(averaged.module.state_dict())
    net.eval()


def _error(out: Tensor, labels: Sequence[Tensor]) -> Tensor:
    """Of one head; each of the three labels counts by the rows that have it."""
    parts = out.split([len(LEVELS), len(KINDS), len(ABOUT)], dim=1)
    return torch.stack([_miss(part, label) for part, label in zip(parts, labels, strict=True)]).sum()


def _miss(out: Tensor, label: Tensor) -> Tensor:
    missed = functional.cross_entropy(out, label, ignore_index=-1, reduction="sum", label_smoothing=SMOOTHED)
    return missed / len(label)


def _said(base: Sequence[lines.Line]) -> Rows:
    chance = random.Random(SEED)
    harmless = tuple(line.text for line in base if line.topic in ("everyday", "food", "grief"))
    texts, chosen = [], []
    for line in base:
        count = OTHER_VARIANTS if line.tier == "none" else DANGER_VARIANTS
        texts += [plain(text) for text in paraphrases(line.text, count, chance, harmless)]
        chosen += [line] * count
    return Rows(
        texts,
        np.array([LEVELS.index(line.tier) for line in chosen]),
        np.array([KINDS.index(line.kind) if line.kind else -1 for line in chosen]),
        np.array([ABOUT.index(line.about) if line.kind else -1 for line in chosen]),
        np.zeros(len(chosen), np.int64),
    )


def _told() -> list[str]:
    """What people say in the book of her voice."""
    return [plain(each.heard) for it in book() for each in it.exchanges]


def _asked(base: Sequence[lines.Line]) -> Rows:
    """What is asked of her hands, and what only sounds like it; what is kept apart there is not trained on here either."""
    chance, everyday = random.Random(SEED), {plain(line.text) for line in base}
    found: dict[str, int] = {}
    for each in intents.read():
        if not each.apart and plain(each.text) not in everyday:
            said = paraphrases(each.text, ASKED_VARIANTS, chance)
            found |= {plain(text): INTENTS.index(each.intent) for text in said}
    texts = [text for text in found if not MENTIONS.search(text) and not stated(text).rank]
    unjudged, asks = np.full(len(texts), -1), np.array([found[text] for text in texts])
    return Rows(texts, np.zeros(len(texts), np.int64), unjudged, unjudged, asks)


def _comments(file: Path) -> list[str]:
    read = [line.split("\t")[0] for line in file.read_text("utf-8").splitlines()]
    random.Random(1).shuffle(read)
    return [plain(comment) for comment in read]


def _everyday(comments: Sequence[str]) -> Rows:
    texts = [each for each in comments if not MENTIONS.search(each) and not stated(each).rank]
    unjudged = np.full(len(texts), -1)
    nothing = np.zeros(len(texts), np.int64)
    return Rows(texts, nothing, unjudged, unjudged, nothing)


def _bounds(weights: dict[str, Floats], embed: Sentences, comments: Sequence[str]) -> Floats:
    """For each level, the chance from which a line is of it: as a whole or in one of its sentences, as it is heard later."""
    found = [(at, piece) for at, comment in enumerate(comments) for piece in pieces(comment)]
    graver = np.zeros((len(comments), len(LEVELS)), np.float32)
    np.maximum.at(graver, [at for at, _ in found], _graver(weights, embed, [piece for _, piece in found]))
    graver[[stated(comment).rank >= LEVELS.index("ask") for comment in comments]] = 1
    ask = np.quantile(graver[:, LEVELS.index("ask")], 1 - FALSE_ALARMS)
    sign = np.quantile(graver[:, LEVELS.index("sign")], 1 - STRAY_SIGNS)
    bounds = np.array([0, max(SIGN, sign), ask, max(CONCERN, ask), max(EMERGENCY, ask)], np.float32)
    print(f"bounds by {len(comments)} comments: {bounds.round(3)}")
    return bounds


def _tell(weights: dict[str, Floats], embed: Sentences, base: Sequence[lines.Line]) -> None:
    texts = [plain(line.text) for line in base]
    reached = _graver(weights, embed, texts) >= weights["bounds"]
    by_rule = np.array([stated(text).rank for text in texts])
    for level, name in enumerate(LEVELS):
        rows = np.array([LEVELS.index(line.tier) == level for line in base])
        heard = [np.mean(reached[rows, at] | (by_rule[rows] >= at)) for at in range(1, len(LEVELS))]
        print(f"  {name:<10}" + "".join(f" >={LEVELS[at]} {share:.3f}" for at, share in enumerate(heard, 1)))


def _graver(weights: dict[str, Floats], embed: Sentences, texts: Sequence[str]) -> Floats:
    inputs = given(embed([spoken_form(text) for text in texts]), list(texts))
    chances = softmax(forward(weights, inputs)[:, : len(LEVELS)])
    graver: Floats = np.cumsum(chances[:, ::-1], axis=1)[:, ::-1]
    return graver


if __name__ == "__main__":
    main()
