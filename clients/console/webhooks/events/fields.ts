import type { JsonSchema } from './event-type.ts'

/** A field of an event as it is listed. `path`: `data.message.text`. */
export interface EventField {
  path: string
  type: string
  isOptional: boolean
}

/** Every field of a form, those of objects after the object. */
export function fieldsOf(schema: JsonSchema, at = ''): EventField[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = at === '' ? name : `${at}.${name}`
    return [{ path, type: typeName(field), isOptional: !required.has(name) }, ...within(field, path)]
  })
}

/** Those of each form that it may have, one line a field. */
function within(schema: JsonSchema, path: string): EventField[] {
  const forms = schema.anyOf ?? schema.oneOf ?? (schema.items ? [schema.items] : [schema])
  const objects = forms.filter(({ properties }) => properties)
  const found = forms.flatMap((form) => (form === schema ? fieldsOf(form, path) : within(form, path)))
  return [...Map.groupBy(found, (field) => field.path)].map(([of, fields]) => ({
    path: of,
    type: [...new Set(fields.map(({ type }) => type))].join(' | '),
    isOptional: fields.length < objects.length || fields.some(({ isOptional }) => isOptional),
  }))
}

function typeName(schema: JsonSchema): string {
  const { anyOf, oneOf, items, format, type } = schema
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const forms = anyOf ?? oneOf
  if (forms) return [...new Set(forms.map(typeName))].join(' | ')
  if (items) return `${typeName(items)}[]`
  return format === 'date-time' ? 'time' : (type ?? 'anything')
}
