/** The first that is named counts: those after it are what browsers claim to be as well. */
const browsers = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari', 'Zendesk'] as const
const names: Record<(typeof browsers)[number], string> = {
  Edg: 'Edge',
  OPR: 'Opera',
  Firefox: 'Firefox',
  Chrome: 'Chrome',
  Safari: 'Safari',
  Zendesk: 'Zendesk',
}
const systems = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac', 'Linux'] as const

/** `Chrome on Linux`, as far as a browser says what it is. */
export function browserOf(userAgent: string | null): string {
  const text = userAgent ?? ''
  const browser = browsers.find((one) => text.includes(one))
  const system = systems.find((one) => text.includes(one))
  return [browser ? names[browser] : 'A browser', system && `on ${system}`].filter(Boolean).join(' ')
}
