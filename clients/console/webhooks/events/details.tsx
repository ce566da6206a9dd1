import { Description } from './description.tsx'
import type { EventType } from './event-type.ts'
import { type EventField, fieldsOf } from './fields.ts'
import { JsonText } from './json-text.tsx'

export const EventDetails = ({ shown: { type, description, schema, example } }: { shown: EventType }) => (
  <article class="event-details" aria-labelledby="event-title">
    <header>
      <h2 id="event-title">{type}</h2>
      <p class="muted">
        <Description text={description} />
      </p>
    </header>
    <section aria-labelledby="example-title">
      <h3 id="example-title">Example</h3>
      <JsonText label={`Example of ${type}`} value={example} test="example" />
    </section>
    <section aria-labelledby="fields-title">
      <h3 id="fields-title">Fields</h3>
      <Fields fields={fieldsOf(schema)} />
    </section>
    <details>
      <summary>JSON Schema</summary>
      <JsonText label={`Schema of ${type}`} value={schema} test="schema" />
    </details>
  </article>
)

const Fields = ({ fields }: { fields: readonly EventField[] }) => (
  <div class="table-frame">
    <table class="fields">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Is</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, type, isOptional }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td>
              {type}
              {isOptional && <span class="optional"> may be absent</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
