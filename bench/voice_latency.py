"""How long she keeps a person waiting: from their last voiced sample to her first audible one.

    uv run python -m bench.voice_latency [--quick] --json

Three arms in one run, on the same models (Moonshine tiny, Qwen2.5-Coder-1.5B, hibari) with the same
system prompt and token limit: Pipecat as its documentation builds a voice bot; ours without
thinking while listening; ours. The client plays recorded utterances into each in real time and
measures at its own microphone and loudspeaker (`bench.voice.client`).

Noise is met by taking turns: a block of six utterances is one conversation with each arm, the order
of the arms rotates, and medians are compared. Each conversation begins with an unmeasured exchange,
so prompt caches are warm in every arm. Because it happens in real time, the whole run takes about
25 minutes and `--quick` about five.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np

from bench.contract import Figures, run
from bench.voice import arms
from bench.voice.arms import Arm
from bench.voice.client import PATIENCE, Exchange
from bench.voice.house import born_home, model_file, opening
from bench.voice.utterances import UTTERANCES, WARM_UP, Utterance

GOALS = {"p50_ms": "<= 800", "p95_ms": "<= 1500", "ratio_to_pipecat": "<= 0.4"}
LATE_MS = 1500.0
BLOCK = 6
QUICK = 8

PIPECAT_STAGES = {
    "endpointing_wait": "endpoint",
    "turn_detection": "endpoint",
    "transcription": "stt",
    "llm_inference": "llm",
    "sentence_aggregation": "llm",
    "speech_synthesis": "tts",
}
"""What Pipecat calls the parts of an answer, in our terms; parts of one stage add up."""

STAGES = ("endpoint", "stt", "llm", "tts")


def measure(quick: bool) -> Figures:
    """Hold every conversation and count."""
    utterances = _short() if quick else UTTERANCES
    said = asyncio.run(_hold(utterances, QUICK if quick else BLOCK))
    return Figures(_figures(said), cases=len(utterances) * len(said))


async def _hold(utterances: Sequence[Utterance], block: int) -> dict[str, list[Exchange]]:
    said: dict[str, list[Exchange]] = {"pipecat": [], "no_prefill": [], "ours": []}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="becoming-bench-")))
        model = await asyncio.to_thread(model_file)
        home = await born_home(folder)
        prompt = folder / "prompt.json"
        prompt.write_text(json.dumps(opening()), encoding="utf-8")
        voices = [
            await stack.enter_async_context(arms.pipecat(model, prompt, folder)),
            arms.ours("no_prefill", home, folder, ahead=False),
            arms.ours("ours", home, folder, ahead=True),
        ]
        for arm, part in _turns(voices, utterances, block):
            async with arm.talk() as person:
                await person.say(WARM_UP)
                for utterance in part:
                    exchange = await person.say(utterance)
                    said[arm.name].append(exchange)
                    print(_line(arm.name, exchange), flush=True)
    return said


def _turns(
    voices: Sequence[Arm], utterances: Sequence[Utterance], block: int
) -> Iterator[tuple[Arm, Sequence[Utterance]]]:
    """Every arm hears every block; who comes first rotates."""
    for number, start in enumerate(range(0, len(utterances), block)):
        for index in range(len(voices)):
            yield voices[(number + index) % len(voices)], utterances[start : start + block]


def _short() -> tuple[Utterance, ...]:
    """Eight from the whole range, three of them with thinking pauses."""
    return UTTERANCES[: 5 * QUICK : 5]


def _figures(said: Mapping[str, Sequence[Exchange]]) -> dict[str, float]:
    ours, pipecat = said["ours"], said["pipecat"]
    figures = {
        "p50_ms": _percentile(_waits(ours), 50),
        "p95_ms": _percentile(_waits(ours), 95),
        "pipecat_p50_ms": _percentile(_waits(pipecat), 50),
        "pipecat_p95_ms": _percentile(_waits(pipecat), 95),
        "no_prefill_p50_ms": _percentile(_waits(said["no_prefill"]), 50),
        "no_prefill_p95_ms": _percentile(_waits(said["no_prefill"]), 95),
    }
    figures["ratio_to_pipecat"] = figures["p50_ms"] / figures["pipecat_p50_ms"]
    for prefix, exchanges in (("", ours), ("pipecat_", pipecat), ("no_prefill_", said["no_prefill"])):
        figures |= {f"{prefix}{name}": value for name, value in _mistakes(exchanges).items()}
        figures |= {f"{prefix}{name}_ms": value for name, value in _stages(exchanges).items()}
        silence = [e.leading_silence_ms for e in exchanges if e.leading_silence_ms is not None]
        figures[f"{prefix}leading_silence_ms"] = _percentile(silence, 50)
    return figures


def _waits(exchanges: Sequence[Exchange]) -> list[float]:
    """The waiting times of whoever was not cut off; who got no answer waited for `PATIENCE`."""
    return [
        PATIENCE * 1000 if exchange.voice_to_voice_ms is None else exchange.voice_to_voice_ms
        for exchange in exchanges
        if not exchange.cut_off
    ]


def _mistakes(exchanges: Sequence[Exchange]) -> dict[str, float]:
    """Shares of all utterances: interrupted, ended too early (heard or not), answered late or never."""
    count = len(exchanges)
    return {
        "cut_off_share": sum(exchange.cut_off for exchange in exchanges) / count,
        "premature_share": sum(exchange.premature for exchange in exchanges) / count,
        "late_share": sum(wait > LATE_MS for wait in _waits(exchanges)) / count,
        "unanswered_share": sum(
            exchange.voice_to_voice_ms is None and not exchange.cut_off for exchange in exchanges
        )
        / count,
    }


def _stages(exchanges: Sequence[Exchange]) -> dict[str, float]:
    """The median of each stage that the server reported."""
    seen: dict[str, list[float]] = {}
    for exchange in exchanges:
        one: dict[str, float] = {}
        for name, ms in exchange.stages.items():
            stage = PIPECAT_STAGES.get(name, name)
            one[stage] = one.get(stage, 0.0) + ms
        for stage in STAGES:
            if stage in one:
                seen.setdefault(stage, []).append(one[stage])
    return {stage: _percentile(values, 50) for stage, values in seen.items()}


def _percentile(values: Sequence[float], percent: float) -> float:
    return float(np.percentile(values, percent)) if values else float("nan")


def _line(arm: str, exchange: Exchange) -> str:
    wait = "cut off" if exchange.cut_off else "no answer"
    if exchange.voice_to_voice_ms is not None:
        wait = f"{exchange.voice_to_voice_ms:,.0f} ms"
    early = " (turn ended too early)" if exchange.premature else ""
    return f"{arm:>11} {wait:>10}  {exchange.utterance.text}{early}\n{'':>22}   → {exchange.said}"


if __name__ == "__main__":
    run("voice_latency", measure, GOALS)
