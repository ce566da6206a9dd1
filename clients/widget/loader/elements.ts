const svg = 'http://www.w3.org/2000/svg'
const speech = 'M21 11.5a8.4 8.4 0 0 1-12 7.6L3 21l1.9-6a8.4 8.4 0 1 1 16.1-3.5z'
const cross = 'M6 6l12 12M18 6L6 18'

/** Made by hand: a page that trusts no markup from scripts takes it, too. */
export function icon(of: 'speech' | 'cross'): SVGElement {
  const image = document.createElementNS(svg, 'svg')
  const path = document.createElementNS(svg, 'path')
  image.setAttribute('viewBox', '0 0 24 24')
  image.ariaHidden = 'true'
  path.setAttribute('d', of === 'cross' ? cross : speech)
  image.append(path)
  return image
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  made.className = className
  made.append(...inside)
  return made
}
