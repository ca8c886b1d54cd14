import { choicesOf, type Answers, type FieldSchema, type Form, type FormField } from '../../forms/form'
import { schemaOf, type FormDocument } from './document'
import { FIELD_KINDS } from './kinds'

/** A form as tasks would show it, and what somebody may have filled in. Pure. */

/** Without fields of kinds that nothing can ask for; the check speaks of them. */
export function shownForm(document: FormDocument): Form {
  const known: readonly string[] = FIELD_KINDS
  const layout = document.layout.map((row) => row.filter(({ widget }) => known.includes(widget)))
  return { ...document, layout: layout.filter((row) => row.length > 0) }
}

/** An answer to every field for which one can be thought of. */
export function sampled(form: Form, now: Date): Answers {
  const answers = form.layout.flat().map((field) => [field.field, sampleOf(field, schemaOf(form, field.field), now)])
  return Object.fromEntries(answers.filter(([, value]) => value !== undefined))
}

function sampleOf(field: FormField, schema: FieldSchema, now: Date): unknown {
  return schema.default ?? SAMPLES[field.widget]?.(field, schema, now)
}

const SAMPLES: Record<string, (field: FormField, schema: FieldSchema, now: Date) => unknown> = {
  text: written,
  text_area: written,
  number: (_, { minimum = 1, maximum = minimum }) => Math.max(minimum, Math.min(1, maximum)),
  choice: first,
  select: first,
  multi_select: (field, schema) =>
    choicesOf(field, schema)
      .slice(0, 1)
      .map(({ value }) => value),
  checkbox: () => true,
  place: () => ({ lon: 122.0705, lat: 46.0801 }),
  date: (_, __, now) => now.toISOString().slice(0, 10),
  date_time: (_, __, now) => now.toISOString().replace(/\.\d+/, ''),
}

function written({ label }: FormField, { format, maxLength }: FieldSchema): string {
  return format === 'phone' ? '13800000000' : label.zh.slice(0, maxLength)
}

function first(field: FormField, schema: FieldSchema): unknown {
  return choicesOf(field, schema)[0]?.value
}
