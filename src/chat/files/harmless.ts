/** Shown by a browser as what it is said to be, without scripts. `kept`: by whom and for how long. */
export const harmless = (kept: string) => ({
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': kept,
})
