"""A microphone that says what the test wants when the test wants it.

A WAV in Chromium's fake device plays once, from the moment the microphone is opened. Where a person
has to answer to what happens on the page, this stands in its place: a real media stream, fed on demand.
Chromium's echo canceller and filters do not run on it.
"""

from __future__ import annotations

import base64

from playwright.async_api import Page

from tests.audio.voice import RATE, Audio, pcm16

_SCRIPT = """
navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext({ sampleRate: %d });
    const wire = context.createMediaStreamDestination();
    window.sayInto = pcm => new Promise(done => {
        const words = new Int16Array(Uint8Array.from(atob(pcm), letter => letter.charCodeAt(0)).buffer);
        const buffer = context.createBuffer(1, words.length, context.sampleRate);
        buffer.copyToChannel(Float32Array.from(words, word => word / 32768), 0);
        const source = new AudioBufferSourceNode(context, { buffer });
        source.onended = () => done();
        source.connect(wire);
        source.start();
    });
    return wire.stream;
};
"""


async def give_microphone(page: Page) -> None:
    """Puts it into the page; call before the page is opened."""
    await page.add_init_script(_SCRIPT % RATE)


async def say(page: Page, audio: Audio) -> None:
    """Says it into the page's microphone; returns when the last sample has been said."""
    await page.evaluate("pcm => window.sayInto(pcm)", base64.b64encode(pcm16(audio)).decode())
