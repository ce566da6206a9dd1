import type { ErrorBody } from '../../../src/contract/errors.ts'
import { sizeText } from '../../../src/contract/file-text.ts'
import type { Say } from './texts.ts'

/** Why something was not done, in the visitor's words where they can do something about it. `null`: no answer came. */
export function whyNot(error: ErrorBody | null | undefined, say: Say): string {
  if (!error) return say('offline')
  const { allowed, most }: Partial<Record<string, unknown>> = Object(error.details)
  switch (error.code) {
    case 'file_type_not_allowed':
      return Array.isArray(allowed)
        ? say('onlyKinds', { kinds: together(allowed.join(', ').toUpperCase()) })
        : error.message
    case 'file_too_large':
      return typeof most === 'number' ? say('fileTooLarge', { size: sizeText(most) }) : error.message
    case 'file_refused':
      return say('fileRefused')
    case 'rate_limited':
      return say('tooFast')
    default:
      return together(error.message)
  }
}

/** What reads in its own direction, whichever the words around it have. */
const together = (text: string): string => `\u2068${text}\u2069`
