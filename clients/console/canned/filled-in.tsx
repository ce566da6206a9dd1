import { readTemplate, render, type Values } from '../../../src/contract/template.ts'

/** Somebody to try a text on. */
const sample: Values = {
  variables: {
    'visitor.name': 'Ana Silva',
    'visitor.email': 'ana@example.com',
    'visitor.page': 'https://shop.example/pots/blue',
    'visitor.locale': 'pt-PT',
    'agent.name': 'Bo Bell',
    'agent.email': 'bo@example.com',
    'inbox.name': 'Shop',
    'inbox.key': 'shop',
    'session.id': 'ses_0000',
  },
  attributes: {},
}
const nobody: Values = { ...sample, variables: { ...sample.variables, 'visitor.name': undefined } }

const offered = ['visitor.name|there', 'visitor.email', 'agent.name', 'inbox.name'] as const

/** A text as a chat would fill it in, and what is wrong with its placeholders before it is sent. */
export function FilledIn({ text, onInsert }: { text: string; onInsert(variable: string): void }) {
  const { parts, problems } = readTemplate(text)
  const hasVariables = parts.some(({ kind }) => kind !== 'text')
  return (
    <div class="filled-in">
      <p class="inserts">
        Insert
        {offered.map((variable) => (
          <button key={variable} type="button" class="chip" onClick={() => onInsert(variable)}>
            {`{{${variable}}}`}
          </button>
        ))}
      </p>
      {problems.map(({ position, problem }) => (
        <p key={position} class="fault" role="status">
          {text.slice(position, position + 24)}: {problem}
        </p>
      ))}
      {hasVariables && (
        <dl class="filled" data-test="filled-in">
          <dt>For Ana</dt>
          <dd>{render(text, sample)}</dd>
          <dt>Without a name</dt>
          <dd>{render(text, nobody)}</dd>
        </dl>
      )}
    </div>
  )
}
