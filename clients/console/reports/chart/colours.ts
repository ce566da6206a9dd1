/** A colour of the console as the canvas takes it: in the look that is chosen, or that the system has. */
export function colourIn(host: HTMLElement, colour: string): string {
  const probe = document.createElement('i')
  probe.style.color = colour
  host.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** Tells when light becomes dark, or dark light. Answers how to stop. */
export function onLook(tell: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(tell)
  system.addEventListener('change', tell)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    system.removeEventListener('change', tell)
    chosen.disconnect()
  }
}
