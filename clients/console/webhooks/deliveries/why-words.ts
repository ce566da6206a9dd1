/** Why there was no answer, for whoever has to do something about it. */
const words: Readonly<Record<string, string>> = {
  invalid_address: 'The address is none',
  not_https: 'Only addresses that webhooks.allow names may be called over http',
  forbidden_address: 'The name leads to an address that may not be called',
  dns: 'The name has no address',
  refused: 'Nobody listens there',
  unroutable: 'No way leads there',
  reset: 'The receiver hung up',
  tls: 'The certificate is not right for this name',
  timeout: 'No answer within 15 seconds',
  invalid_answer: 'The answer is no HTTP',
  stopped: 'The service was stopped; the attempt does not count',
  nothing_to_send: 'There was nothing left to tell',
  other: 'The call failed for a reason that has no name',
}

export const whyWords = (why: string): string => words[why] ?? why.replaceAll('_', ' ')
