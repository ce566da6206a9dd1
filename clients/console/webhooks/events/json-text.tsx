import { jsonTokens } from './json-tokens.ts'

/** A document to be read; whatever stands in it is text and nothing else. */
export const JsonText = ({ label, value, test = 'json' }: { label: string; value: unknown; test?: string }) => (
  <figure class="code" aria-label={label}>
    <pre data-test={test}>
      {jsonTokens(value).map(({ kind, text }, index) =>
        kind === 'mark' ? (
          text
        ) : (
          <span key={index} class={`json-${kind}`}>
            {text}
          </span>
        ),
      )}
    </pre>
  </figure>
)
