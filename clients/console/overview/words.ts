/** What the service found, as a sentence begins; a name or an address stays as it is written. */
export const asSentence = (found: string): string =>
  /^[a-z]+ /.test(found) ? found.charAt(0).toUpperCase() + found.slice(1) : found
