"""Train her way of speaking: a small adapter for the packaged model, on the book of her voice.

    uv run --with torch==2.13.0 --with transformers==5.24.0 --with peft==0.21.2 --with accelerate==1.15.0 --with gguf==0.19.0 --with matplotlib==3.11.2 \
        python -m scripts.train_voice [--checkpoints FOLDER]

Low-rank adaptation (LoRA, Hu et al. 2021) of the upper half of the layers; the GGUF is dequantised by transformers and
computed with in bfloat16 (measured here on two cores: twice as fast as float32). Situations are packed: many stand behind
one beginning of the prompt and see it and themselves, so that it is read once. What the lower half makes of them never
changes and is kept in memory. The loss is that of her lines alone. Situations kept apart (`Situation.apart`) are only
measured. Every few steps everything is written to the folder of checkpoints, and a run that was broken off goes on there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from matplotlib import pyplot
from peft import LoraConfig, get_peft_model
from peft.utils import get_peft_model_state_dict, set_peft_model_state_dict
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModelForCausalLM, AutoTokenizer

from becoming.config import settings
from becoming.conversation.examples import Situation, book
from becoming.conversation.files import read
from becoming.conversation.prompt import Day, brief
from becoming.conversation.telling import with_memory
from becoming.events import Being, Person
from becoming.llm.catalogue import PACKAGED
from becoming.persona.traits import TRAITS, character

ROOT = Path(__file__).parent.parent
FILE = ROOT / "scripts/voice/adapter.gguf"
CARD = FILE.with_suffix(".json")
PICTURE = ROOT / "docs/models/voice.svg"

SEED, EPOCHS, WARM = 11, 2, 0.06
FROM, RANK, ALPHA, DROPPED, RATE = 14, 4, 8, 0.05, 3e-4
"""The first layer that is adapted; the rank, its scale; the dropout; AdamW's rate, falling as a cosine."""
FORESEEN = 0.75  # of the situations of a step are learned from
PACK = 900  # tokens that are read together
KEEP_EVERY = 20  # steps
MODULES = {
    "q_proj": "attn_q", "k_proj": "attn_k", "v_proj": "attn_v", "o_proj": "attn_output",
    "gate_proj": "ffn_gate", "up_proj": "ffn_up", "down_proj": "ffn_down",
}  # fmt: skip
"""What is adapted, and what it is called in a GGUF file."""
NAMES = "Ada Ines Mira Noor Selma Tamsin Yara Wren Ilka Odile".split()
PEOPLE = "Amy Theodore Jonas Leila Priya Marek Ruth Sam Kwame Ana".split()
UNSEEN = -100


@dataclass(frozen=True)
class Pack:
    """Situations behind one beginning: token ids, what each token may see, its place, and what is to be said next."""

    ids: Tensor  # (n,)
    group: Tensor  # (n,): 0 is the beginning, seen by all
    place: Tensor  # (n,)
    next: Tensor  # (n,): the token to be said, or UNSEEN

    def mask(self, kind: torch.dtype) -> Tensor:
        """(1, 1, n, n), added to the attention: a token sees the beginning and its own situation up to itself."""
        n = len(self.ids)
        own = (self.group[:, None] == self.group[None, :]) | (self.group[None, :] == 0)
        seen = own & torch.ones(n, n).tril().bool()
        return torch.zeros(n, n, dtype=kind).masked_fill(~seen, torch.finfo(kind).min)[None, None]


def packs(situations: Sequence[Situation], tokenizer: Any, rng: random.Random) -> list[Pack]:
    """Every situation once, each pack with a being and a person of its own."""
    order = list(situations)
    rng.shuffle(order)
    found: list[Pack] = []
    while order:
        traits = {name: rng.random() for name in TRAITS}
        person = Person(rng.choice(PEOPLE))
        start = brief(person, character(Being(rng.choice(NAMES), "", "", float(len(order)), traits), person))
        ids = _tokens(tokenizer, start)
        group, place, follows = [0] * len(ids), list(range(len(ids))), [UNSEEN] * len(ids)
        begin, number = len(ids), 0
        while order:
            spoken, ours = _spoken(tokenizer, start, order[-1], rng)
            if number and len(ids) + len(spoken) > PACK:
                break
            order.pop()
            number += 1
            ids += spoken
            group += [number] * len(spoken)
            place += range(begin, begin + len(spoken))
            follows += [token if mine else UNSEEN for token, mine in zip(spoken[1:], ours[1:], strict=True)]
            follows.append(UNSEEN)
        found.append(Pack(*map(torch.tensor, (ids, group, place, follows))))
    return found


def _spoken(
    tokenizer: Any, start: list[Any], it: Situation, rng: random.Random
) -> tuple[list[int], list[bool]]:
    """The tokens of a situation behind the beginning, and which of them are hers to say."""
    beside = len(it.remembered) == 1 and rng.random() < 0.5
    day = Day(start, () if beside else it.remembered)
    ids = _tokens(tokenizer, day.messages())
    ours = [False] * len(ids)
    for at, each in enumerate(it.exchanges):
        last = at == len(it.exchanges) - 1
        heard = with_memory(each.heard, it.remembered) if beside and last else each.heard
        asked = _tokens(tokenizer, [{"role": "user", "content": heard}])
        asked += tokenizer.encode("<|im_start|>assistant\n")
        said = tokenizer.encode(f"{each.said}<|im_end|>")
        ids += [*asked, *said, *tokenizer.encode("\n")]
        ours += [*[False] * len(asked), *[True] * len(said), False]
    begin = len(_tokens(tokenizer, start))
    return ids[begin:], ours[begin:]


def _tokens(tokenizer: Any, messages: Sequence[Any]) -> list[int]:
    """As the server's template writes them."""
    text = "".join(f"<|im_start|>{each['role']}\n{each['content']}<|im_end|>\n" for each in messages)
    ids: list[int] = tokenizer.encode(text)
    return ids


class Voice(nn.Module):
    """The packaged model with an adapter in its upper layers."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        base = AutoModelForCausalLM.from_pretrained(
            folder, gguf_file=PACKAGED.file.name, dtype=torch.bfloat16
        )
        layers = list(range(FROM, base.config.num_hidden_layers))
        config = LoraConfig(
            r=RANK,
            lora_alpha=ALPHA,
            lora_dropout=DROPPED,
            target_modules=[*MODULES],
            layers_to_transform=layers,
            task_type="CAUSAL_LM",
        )
        self.adapted = get_peft_model(base, config)
        self.base = base

    def lower(self, pack: Pack) -> Tensor:
        """What the layers below the adapter make of it, (1, n, hidden)."""
        with torch.no_grad():
            hidden = self.base.model.embed_tokens(pack.ids[None])
            return self._through(hidden, pack, 0, FROM)

    def loss(self, pack: Pack, hidden: Tensor) -> Tensor:
        """The mean cross-entropy of what she says, in nats a token; in training, of what can be foreseen."""
        hidden = self._through(hidden, pack, FROM, self.base.config.num_hidden_layers)
        hers = pack.next != UNSEEN
        logits = self.base.lm_head(self.base.model.norm(hidden[0, hers]))
        each = functional.cross_entropy(logits.float(), pack.next[hers], reduction="none")
        return (each[_foreseen(each.detach(), pack.group[hers])] if self.training else each).mean()

    def _through(self, hidden: Tensor, pack: Pack, first: int, last: int) -> Tensor:
        place = pack.place[None]
        turned, mask = self.base.model.rotary_emb(hidden, place), pack.mask(hidden.dtype)
        for layer in self.base.model.layers[first:last]:
            hidden = layer(hidden, attention_mask=mask, position_ids=place, position_embeddings=turned)
        return hidden

    def export(self, file: Path) -> None:
        """The adapter as llama.cpp reads it."""
        writer = gguf.GGUFWriter(file, "qwen2")
        writer.add_type("adapter")
        writer.add_string("adapter.type", "lora")
        writer.add_float32("adapter.lora.alpha", float(ALPHA))
        for name, value in get_peft_model_state_dict(self.adapted).items():
            *_, number, _part, module, which, _weight = name.removeprefix("base_model.model.").split(".")
            tensor = f"blk.{number}.{MODULES[module]}.weight.{which.lower()}"
            writer.add_tensor(tensor, value.detach().float().numpy().astype(np.float16))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()


def main() -> None:
    """Read the book, train, write the adapter and the figures of its card."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoints", type=Path, default=Path(".voice"), help="where a broken run goes on")
    checkpoints = parser.parse_args().checkpoints
    checkpoints.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    folder = settings().model_folder
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=PACKAGED.file.name)
    rng = random.Random(SEED)
    training = packs([each for each in book() if not each.apart], tokenizer, rng)
    apart = packs([each for each in book() if each.apart], tokenizer, rng)
    voice = Voice(folder)
    curve = train(voice, training, apart, checkpoints)
    FILE.parent.mkdir(exist_ok=True)
    voice.export(FILE)
    card = {
        "sha256": hashlib.sha256(FILE.read_bytes()).hexdigest(),
        "book_sha256": hashlib.sha256(repr(book()).encode()).hexdigest(),
        "rules_sha256": hashlib.sha256(read("prompts/rules.md").encode()).hexdigest(),
        "situations": sum(not each.apart for each in book()),
        "apart": sum(each.apart for each in book()),
        "curve": curve,
    }
    CARD.write_text(json.dumps(card, indent=1) + "\n")
    picture(curve)


def picture(curve: Sequence[dict[str, float]]) -> None:
    """The curve of the training, for the model card."""
    pyplot.rcParams["svg.hashsalt"] = "the same each time"
    drawn, axes = pyplot.subplots(figsize=(6, 3), layout="constrained")
    for name, told in (
        ("apart", "situations kept apart"),
        ("trained", "learned from (what can be foreseen)"),
    ):
        points = [(each["step"], each[name]) for each in curve if name in each]
        axes.plot(*zip(*points, strict=True), marker="o", markersize=3, label=told)
    axes.set(xlabel="step", ylabel="nats a token of her lines")
    axes.legend(frameon=False)
    drawn.savefig(PICTURE, metadata={"Date": None})


def train(
    voice: Voice, training: Sequence[Pack], apart: Sequence[Pack], checkpoints: Path
) -> list[dict[str, float]]:
    """Steps of one pack each; the curve of the loss on what is trained and on what is kept apart."""
    trained = [each for each in voice.adapted.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.0)
    steps = EPOCHS * len(training)
    rise = torch.optim.lr_scheduler.LinearLR(optimizer, 0.05, total_iters=max(1, round(WARM * steps)))
    fall = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps, eta_min=RATE / 20)
    file, done, curve = checkpoints / "voice.pt", 0, []
    if file.is_file():
        kept = torch.load(file, weights_only=True)
        set_peft_model_state_dict(voice.adapted, kept["adapter"])
        for each, state in zip((optimizer, rise, fall), kept["training"], strict=True):
            each.load_state_dict(state)
        done, curve = kept["done"], kept["curve"]
    print(f"{sum(each.numel() for each in trained):,} weights, {steps} steps, {done} done", flush=True)
    below = [(pack, voice.lower(pack)) for pack in training]
    below_apart = [(pack, voice.lower(pack)) for pack in apart]
    print(f"{sum(len(pack.ids) for pack in training):,} tokens read", flush=True)
    order: list[int] = []
    for epoch in range(EPOCHS):
        order += random.Random(SEED + epoch).sample(range(len(training)), len(training))
    if not curve:
        curve.append({"step": 0, "apart": _measured(voice, below_apart)})
        print(curve[-1], flush=True)
    began, total = time.monotonic(), 0.0
    for step in range(done, steps):
        voice.train()
        loss = voice.loss(*below[order[step]])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        rise.step()
        fall.step()
        total += float(loss.detach())
        now = step + 1
        if now % KEEP_EVERY == 0 or now == steps:
            curve.append({"step": now, "trained": round(total / (now - max(done, now - KEEP_EVERY)), 4)})
            total = 0.0
            if now % (2 * KEEP_EVERY) == 0 or now == steps:
                curve[-1]["apart"] = _measured(voice, below_apart)
            print(curve[-1], f"{time.monotonic() - began:.0f} s", flush=True)
            adapter = {
                name: each.detach().clone() for name, each in get_peft_model_state_dict(voice.adapted).items()
            }
            states = [each.state_dict() for each in (optimizer, rise, fall)]
            torch.save({"adapter": adapter, "training": states, "done": now, "curve": curve}, f"{file}.new")
            Path(f"{file}.new").replace(file)
    return curve


def _foreseen(losses: Tensor, group: Tensor) -> Tensor:
    """Which tokens (n,) belong to the situations with the smallest mean losses."""
    sums, counts = (
        torch.zeros(int(group.max()) + 1).index_add(0, group, each) for each in (losses, losses * 0 + 1)
    )
    means = torch.where(counts > 0, sums / counts.clamp(min=1), torch.inf)
    return means[group] <= means[counts > 0].quantile(FORESEEN)


def _measured(voice: Voice, apart: Sequence[tuple[Pack, Tensor]]) -> float:
    voice.eval()
    with torch.no_grad():
        weights = [int((pack.next != UNSEEN).sum()) for pack, _ in apart]
        losses = [float(voice.loss(pack, hidden)) for pack, hidden in apart]
    return round(float(np.average(losses, weights=weights)), 4)


if __name__ == "__main__":
    main()
