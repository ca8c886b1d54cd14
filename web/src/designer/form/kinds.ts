import type { FieldSchema, FormField } from '../../forms/form'
import { withMembers } from './document'

/** The kinds of fields that tasks can show, what each may hold at first, and what of it can be limited. Pure. */

export const FIELD_KINDS = [
  'text',
  'text_area',
  'number',
  'choice',
  'select',
  'multi_select',
  'checkbox',
  'date',
  'date_time',
  'place',
  'photos',
  'unit',
  'condition',
  'subcategory',
] as const

export type FieldKind = (typeof FIELD_KINDS)[number]
export type Limit = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'multipleOf' | 'minItems' | 'maxItems'

const CODE: FieldSchema = { type: 'string', minLength: 1, maxLength: 64 }
const FIRST_CHOICES = ['yes', 'no']

const FRESH: Record<FieldKind, FieldSchema> = {
  text: { type: 'string', maxLength: 200 },
  text_area: { type: 'string', maxLength: 2000 },
  number: { type: 'number' },
  choice: { type: 'string', enum: FIRST_CHOICES },
  select: { type: 'string', enum: FIRST_CHOICES },
  multi_select: { type: 'array', uniqueItems: true, items: { type: 'string', enum: FIRST_CHOICES } } as FieldSchema,
  checkbox: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  date_time: { type: 'string', format: 'date-time' },
  place: {
    type: 'object',
    properties: {
      lon: { type: 'number', minimum: -180, maximum: 180 },
      lat: { type: 'number', minimum: -90, maximum: 90 },
    },
    required: ['lon', 'lat'],
    additionalProperties: false,
  } as FieldSchema,
  photos: {
    type: 'array',
    maxItems: 20,
    uniqueItems: true,
    items: { type: 'string', pattern: '^media:[1-9][0-9]{0,17}$' },
  } as FieldSchema,
  unit: CODE,
  condition: CODE,
  subcategory: CODE,
}

const FIRST_NAMES = { yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' } }
const CHOICES: readonly string[] = ['choice', 'select', 'multi_select']
const WRITTEN: readonly string[] = ['text', 'text_area']
const CODES: readonly string[] = ['unit', 'condition', 'subcategory']

export const isChoice = (widget: string) => CHOICES.includes(widget)

/** What can be limited in a field of the kind. */
export function limitsOf(widget: string): Limit[] {
  if (WRITTEN.includes(widget)) return ['minLength', 'maxLength']
  if (widget === 'number') return ['minimum', 'maximum', 'multipleOf']
  return widget === 'photos' || widget === 'multi_select' ? ['minItems', 'maxItems'] : []
}

/** Keywords of a field's schema that the panel shows; the others are to be seen in the file. */
const SHOWN = ['type', 'enum', 'default', 'format', 'uniqueItems', 'items', 'title', 'description', 'pattern']

export function furtherKeywords(widget: string, schema: FieldSchema): string[] {
  const settled = CODES.includes(widget) ? CODE : widget === 'place' ? FRESH.place : {}
  const shown: readonly string[] = [...SHOWN, ...limitsOf(widget), ...Object.keys(settled)]
  return Object.keys(schema).filter((keyword) => !shown.includes(keyword))
}

/** A field as it begins. */
export function freshField(kind: FieldKind, name: string, label: FormField['label']): [FormField, FieldSchema] {
  const field = { field: name, label, widget: kind }
  return [isChoice(kind) ? { ...field, options: FIRST_NAMES } : field, FRESH[kind]]
}

/** A field asked for by another kind: what it may hold stays where both kinds hold the same. */
export function turnedInto(kind: FieldKind, field: FormField, schema: FieldSchema): [FormField, FieldSchema] {
  const [fresh, held] = freshField(kind, field.field, field.label)
  const values = isChoice(field.widget) ? (schema.items ?? schema).enum : undefined
  const turned = withMembers(field, { widget: kind, options: values && isChoice(kind) ? field.options : fresh.options })
  if (areAlike(kind, field.widget)) return [turned, schema]
  if (!values || !isChoice(kind)) return [turned, held]
  return [turned, held.items ? { ...held, items: { ...held.items, enum: values } } : { ...held, enum: values }]
}

const ALIKE = [WRITTEN, CODES, ['choice', 'select']]
const areAlike = (one: string, other: string) =>
  one === other || ALIKE.some((kinds) => kinds.includes(one) && kinds.includes(other))
