import type { FieldSchema, FormField, Text } from '../../forms/form'
import { choicesOf } from '../../forms/form'
import { fieldNamed, fieldsOf, schemaOf, withField, withSchema, type FormDocument } from './document'
import { withVisibility } from './conditions'

/** What a choice offers: values for the machine, names for people. Pure. */

export interface Option {
  value: string
  label: Text
}

export function optionsOf(document: FormDocument, name: string): Option[] {
  const field = fieldNamed(document, name)
  return field ? choicesOf(field, schemaOf(document, name)) : []
}

/** The form with other options of a field; a default that is offered no more goes. */
export function withOptions(document: FormDocument, name: string, options: readonly Option[]): FormDocument {
  const schema = schemaOf(document, name)
  const values = options.map(({ value }) => value)
  const offered: Partial<FieldSchema> = schema.items ? { items: { ...schema.items, enum: values } } : { enum: values }
  const isOffered = [schema.default ?? []].flat().every((each) => values.includes(String(each)))
  const named = Object.fromEntries(options.map(({ value, label }) => [value, label]))
  const changed = withSchema(document, name, isOffered ? offered : { ...offered, default: undefined })
  return withField(changed, name, { options: named })
}

/** An option's value written otherwise, also where other fields wait for it. */
export function withValue(document: FormDocument, name: string, from: string, to: string): FormDocument {
  const options = optionsOf(document, name).map((each) => (each.value === from ? { ...each, value: to } : each))
  const waiting = fieldsOf(document).filter(
    ({ visible_when: shown }) => shown?.field === name && shown.in.includes(from),
  )
  return waiting.reduce(
    (changed, { field, visible_when: shown }) =>
      withVisibility(changed, field, { field: name, in: shown!.in.map((each) => (each === from ? to : each)) }),
    withOptions(document, name, options),
  )
}

/** What a field's answer can be where others hang on it; nothing when that cannot be listed. */
export function answersOf(document: FormDocument, field: FormField): unknown[] {
  const { type, enum: values } = schemaOf(document, field.field)
  return values ?? (type === 'boolean' ? [true, false] : [])
}
