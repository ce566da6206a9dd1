import { expect, it } from 'vitest'
import { render } from '../../../src/contract/template.ts'
import { withoutVariables } from './greeting.ts'

it.each(['Hello {{visitor.name|there}}!', 'Hello {{visitor.name}}', '{{inbox.name|}}', 'no { braces } at all'])(
  'says %s as the server says it of somebody who is not known',
  (text) => {
    expect(withoutVariables(text)).toBe(render(text, { variables: {}, attributes: {} }))
  },
)
