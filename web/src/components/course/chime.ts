const NOTES_HZ = [659, 880];
const EACH_S = 0.35;

/** Two soft notes; a device that may not make a sound yet stays silent. */
export function chime(): void {
  const context = new AudioContext();
  NOTES_HZ.forEach((frequency, index) => {
    const [from, until] = [context.currentTime + index * EACH_S * 0.6, context.currentTime + index * EACH_S * 0.6 + EACH_S];
    const [tone, volume] = [new OscillatorNode(context, { frequency }), new GainNode(context, { gain: 0 })];
    volume.gain.linearRampToValueAtTime(0.2, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, until);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(until);
    if (index === NOTES_HZ.length - 1) tone.onended = () => void context.close();
  });
}
