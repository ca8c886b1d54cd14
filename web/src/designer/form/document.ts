import type { FieldSchema, Form, FormField, Text } from '../../forms/form'

/** A form's file as it can be edited by hand and eye: whatever else it holds is kept as it is. Pure. */
export type FormDocument = Form & Record<string, unknown>

/** The file's form; nothing when it is no form, or would not be the same when it is written anew. */
export function readDocument(source: string): FormDocument | null {
  try {
    const read: unknown = JSON.parse(source)
    return isForm(read) && isKeptWhole(source, read) ? read : null
  } catch {
    return null
  }
}

export function writtenDocument(document: FormDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Names that are given twice and digits beyond what a browser counts would be lost. */
function isKeptWhole(source: string, read: unknown): boolean {
  const names = source.match(/"(?:[^"\\]|\\.)*"\s*:/g) ?? []
  const numbers = source.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/\d[\d.]*/g) ?? []
  const isExact = numbers.every((digits) => digits.replace(/[.]|^0+/g, '').length <= EXACT_DIGITS)
  return isExact && names.length === membersIn(read)
}

const EXACT_DIGITS = 15

function membersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value).reduce((sum: number, each) => sum + membersIn(each), 0)
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length)
}

type Members = Record<string, unknown>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is Text =>
  isObject(value) && typeof value.zh === 'string' && typeof value.en === 'string'
const isList = <Item>(value: unknown, is: (item: unknown) => item is Item): value is Item[] =>
  Array.isArray(value) && value.every(is)
const isString = (value: unknown): value is string => typeof value === 'string'

function isForm(value: unknown): value is FormDocument {
  if (!isObject(value) || !isString(value.key) || !isText(value.title)) return false
  const { schema, layout } = value
  if (!isObject(schema) || !isObject(schema.properties) || !Object.values(schema.properties).every(isObject))
    return false
  const isRow = (row: unknown): row is FormField[] => isList(row, isField) && row.length > 0
  return isList(schema.required ?? [], isString) && isList(layout, isRow)
}

function isField(value: unknown): value is FormField {
  if (!isObject(value) || !isString(value.field) || !isString(value.widget) || !isText(value.label)) return false
  return isText(value.help ?? value.label) && areOptions(value.options ?? {}) && isCondition(value.visible_when)
}

const areOptions = (value: unknown) => isObject(value) && Object.values(value).every(isText)
const isCondition = (value: unknown) =>
  value === undefined || (isObject(value) && isString(value.field) && Array.isArray(value.in))

/** Every field in the order in which it is asked for. */
export const fieldsOf = (document: Form): FormField[] => document.layout.flat()

export const fieldNamed = (document: Form, name: string): FormField | undefined =>
  fieldsOf(document).find(({ field }) => field === name)

export function schemaOf({ schema: { properties } }: Form, name: string): FieldSchema {
  return Object.hasOwn(properties, name) ? properties[name]! : {}
}

/** The form with a field's place in the layout written otherwise; members that become undefined are left out. */
export function withField(document: FormDocument, name: string, changes: Partial<FormField>): FormDocument {
  const changed = (field: FormField) => (field.field === name ? withMembers(field, changes) : field)
  return { ...document, layout: document.layout.map((row) => row.map(changed)) }
}

/** The form with what a field may hold written otherwise. */
export function withSchema(document: FormDocument, name: string, changes: Partial<FieldSchema>): FormDocument {
  const properties = { ...document.schema.properties, [name]: withMembers(schemaOf(document, name), changes) }
  return { ...document, schema: { ...document.schema, properties } }
}

/** An object with some members set, and those taken away that are undefined. */
export function withMembers<Whole extends object>(whole: Whole, changes: Partial<Whole>): Whole {
  const set = Object.entries({ ...whole, ...changes }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set) as Whole
}

/** An object without one of its members. */
export function withoutMember<Value>(
  whole: Record<string, Value> | undefined,
  name: string,
): Record<string, Value> | undefined {
  return whole && Object.fromEntries(Object.entries(whole).filter(([member]) => member !== name))
}
