import { type EndpointHeaders, isOurs } from '../../contract/webhook-headers.ts'

/** All headers of a call: its own last, so that they stand whatever was stored before a rule came. */
export const headersOf = (
  endpoint: EndpointHeaders,
  own: Readonly<Record<string, string>>,
): Record<string, string> => ({
  ...Object.fromEntries(endpoint.filter(({ name }) => !isOurs(name)).map(({ name, value }) => [name, value])),
  ...own,
})
