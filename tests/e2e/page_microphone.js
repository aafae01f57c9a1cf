// A microphone that a test can speak into at a chosen moment, and a loudspeaker it can hear.
(() => {
  const context = new AudioContext({ sampleRate: 48000 });
  const microphone = context.createMediaStreamDestination();
  const room = context.createGain(); // what of her own voice comes back
  room.gain.value = 0;
  const way = context.createDelay(1);
  way.delayTime.value = 0.12;
  room.connect(way).connect(microphone);

  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && this.context !== context) {
      const tap = this.context.createMediaStreamDestination();
      connect.call(this, tap);
      connect.call(context.createMediaStreamSource(tap.stream), room);
    }
    return connect.call(this, target, ...rest);
  };
  navigator.mediaDevices.getUserMedia = async () => {
    await context.resume();
    return microphone.stream;
  };
  window.testMicrophone = {
    loudspeaker(gain) {
      room.gain.value = gain;
    },
    async say(wav) {
      const bytes = Uint8Array.from(atob(wav), (letter) => letter.charCodeAt(0));
      const source = context.createBufferSource();
      source.buffer = await context.decodeAudioData(bytes.buffer);
      connect.call(source, microphone);
      source.start();
      await new Promise((resolve) => source.addEventListener("ended", resolve));
    },
  };
})();
