import type { Storage } from '../../../core/platform/storage.ts'

const storageKey = 'deskbridge:sound'

export const isSoundOn = (storage: Storage): boolean => storage.getItem(storageKey) !== 'off'
export const setSound = (storage: Storage, isOn: boolean): void => storage.setItem(storageKey, isOn ? 'on' : 'off')

/** Two soft notes. Hz, and when each begins, s */
const notes = [
  [660, 0],
  [880, 0.12],
] as const
const lastsS = 0.28
const loudness = 0.07

let context: AudioContext | undefined

/** A browser plays nothing before somebody has touched the page. */
export function ring(): void {
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  for (const [frequency, at] of notes) {
    const oscillator = new OscillatorNode(context, { frequency })
    const gain = new GainNode(context, { gain: 0 })
    const begin = context.currentTime + at
    gain.gain.setValueAtTime(loudness, begin)
    gain.gain.exponentialRampToValueAtTime(0.0001, begin + lastsS)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start(begin)
    oscillator.stop(begin + lastsS)
  }
}
