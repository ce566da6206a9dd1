const key = 'deskbridge:silent'

/** Off is what is remembered: who has said nothing hears it. */
export function isSoundOn(): boolean {
  try {
    return localStorage.getItem(key) === null
  } catch {
    return true
  }
}

export function setSound(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(key)
    else localStorage.setItem(key, '1')
  } catch {
    // The site's visitors have storage blocked.
  }
}

let output: AudioContext | null = null

/** Two short notes. A browser plays nothing until somebody has done something on the page. */
export function playNews(): void {
  if (!isSoundOn() || !('AudioContext' in globalThis)) return
  output ??= new AudioContext()
  const { currentTime, destination } = output
  const volume = output.createGain()
  volume.connect(destination)
  volume.gain.setValueAtTime(0.08, currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, currentTime + 0.35)
  const note = output.createOscillator()
  note.frequency.setValueAtTime(660, currentTime)
  note.frequency.setValueAtTime(880, currentTime + 0.1)
  note.connect(volume)
  note.start()
  note.stop(currentTime + 0.35)
}
