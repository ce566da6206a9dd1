/** Of what names its content in its name. */
export const forever = 'public, max-age=31536000, immutable'

/** Scripts, styles and calls of this service alone. `frames`: whose pages may stand in it; `ancestors`: in whose it may. */
export const policyOf = ({ frames, ancestors }: { frames?: "'self'"; ancestors: "'none'" | "'self'" }): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    ...(frames ? [`frame-src ${frames}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')
