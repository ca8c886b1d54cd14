/** A form as the server gives it with a task, and what of it can be worked out without a page. Pure. */

export interface Text {
  zh: string
  en: string
}

export interface FormField {
  field: string
  label: Text
  widget: string
  help?: Text
  options?: Record<string, Text>
  visible_when?: Condition
}

/** Holds while another field has one of the values. */
export interface Condition {
  field: string
  in: unknown[]
}

export interface FieldSchema {
  type?: string
  enum?: unknown[]
  default?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  multipleOf?: number
  minItems?: number
  maxItems?: number
  items?: { enum?: unknown[] }
}

export interface Form {
  key: string
  title: Text
  schema: { properties: Record<string, FieldSchema>; required?: string[] } & Record<string, unknown>
  layout: FormField[][]
}

/** What a choice offers, in the order of the schema. */
export function choicesOf(field: FormField, schema: FieldSchema): { value: string; label: Text }[] {
  const values = (schema.items ?? schema).enum ?? Object.keys(field.options ?? {})
  return values.map(String).map((value) => ({ value, label: field.options?.[value] ?? { zh: value, en: value } }))
}

export type Answers = Record<string, unknown>

/** What stands in the form at first: what was kept, else the defaults. */
export function opened(form: Form, kept: Answers | null | undefined): Answers {
  const defaults = Object.entries(form.schema.properties)
    .filter(([, schema]) => schema.default !== undefined)
    .map(([field, schema]) => [field, schema.default] as const)
  return { ...Object.fromEntries(defaults), ...kept }
}

/** Whether a field is asked for, given the other answers. A field that depends on a hidden one is hidden too. */
export function isVisible(form: Form, field: FormField, answers: Answers): boolean {
  const condition = field.visible_when
  if (!condition) return true
  const other = form.layout.flat().find((each) => each.field === condition.field)
  if (other && !isVisible(form, other, answers)) return false
  return condition.in.includes(answers[condition.field])
}

/** What is sent: the visible fields that were answered; emptied ones count as not answered. */
export function given(form: Form, answers: Answers): Answers {
  const kept = form.layout
    .flat()
    .filter((field) => isVisible(form, field, answers) && isAnswered(answers[field.field]))
    .map((field) => [field.field, answers[field.field]] as const)
  return Object.fromEntries(kept)
}

/** Whether a field has to be answered as things stand: always, or because of what was answered elsewhere. */
export function isRequired(form: Form, field: string, answers: Answers): boolean {
  return requiredBy(form.schema, answers).has(field)
}

interface Conditional {
  required?: string[]
  if?: { properties?: Record<string, { enum?: unknown[]; const?: unknown }>; required?: string[] }
  then?: Conditional
  else?: Conditional
  allOf?: Conditional[]
}

function requiredBy(schema: Conditional, answers: Answers): Set<string> {
  const required = new Set(schema.required ?? [])
  const taken = schema.if && (holds(schema.if, answers) ? schema.then : schema.else)
  for (const part of [...(schema.allOf ?? []), ...(taken ? [taken] : [])]) {
    for (const field of requiredBy(part, answers)) required.add(field)
  }
  return required
}

function holds(condition: NonNullable<Conditional['if']>, answers: Answers): boolean {
  const isThere = (condition.required ?? []).every((field) => isAnswered(answers[field]))
  return (
    isThere && Object.entries(condition.properties ?? {}).every(([field, wanted]) => matches(wanted, answers[field]))
  )
}

function matches(wanted: { enum?: unknown[]; const?: unknown }, value: unknown): boolean {
  if (!isAnswered(value)) return true
  return wanted.enum ? wanted.enum.includes(value) : wanted.const === undefined || wanted.const === value
}

function isAnswered(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'string') return value.trim() !== ''
  return !Array.isArray(value) || value.length > 0
}
