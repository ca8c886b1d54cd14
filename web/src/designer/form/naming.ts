import { fieldsOf, withMembers, withoutMember, type FormDocument } from './document'
import { conditionOf, withRules, type Rule } from './conditions'

/** Fields that get another name or go, everywhere where the form speaks of them. Pure. */

/** Whether no other field would be lost by the name; what else is wrong with it is for the check to say. */
export const mayBeNamed = (document: FormDocument, name: string) =>
  name.trim() !== '' && !Object.hasOwn(document.schema.properties, name)

/** A name that no field has yet. */
export function freeName(document: FormDocument, kind: string): string {
  const names = Array.from({ length: fieldsOf(document).length + 1 }, (_, number) => `${kind}_${number + 1}`)
  return names.find((name) => mayBeNamed(document, name))!
}

export function renamed(document: FormDocument, from: string, to: string): FormDocument {
  const named = (name: string) => (name === from ? to : name)
  const layout = document.layout.map((row) =>
    row.map((field) => {
      const shown = field.visible_when && { ...field.visible_when, field: named(field.visible_when.field) }
      return withMembers(field, { field: named(field.field), visible_when: shown })
    }),
  )
  return { ...document, schema: speakingOf(document.schema as Rule, named) as FormDocument['schema'], layout }
}

type Naming = (name: string) => string

const SCHEMAS = ['if', 'then', 'else', 'not']
const LISTS = ['allOf', 'anyOf', 'oneOf']

/** A schema and those in it that judge the same answers, with fields by other names. */
function speakingOf(schema: Rule, named: Naming): Rule {
  const said = Object.entries(schema).map(([keyword, value]) => [keyword, saying(keyword, value, named)])
  return Object.fromEntries(said) as Rule
}

function saying(keyword: string, value: unknown, named: Naming): unknown {
  if (keyword === 'properties') return byOtherNames(value as object, named)
  if (keyword === 'required') return (value as string[]).map(named)
  if (keyword === 'dependentRequired') {
    const lists = Object.entries(value as Record<string, string[]>).map(([name, needed]) => [name, needed.map(named)])
    return byOtherNames(Object.fromEntries(lists), named)
  }
  if (SCHEMAS.includes(keyword) && typeof value === 'object') return speakingOf(value as Rule, named)
  if (LISTS.includes(keyword)) return (value as Rule[]).map((each) => speakingOf(each, named))
  return value
}

const byOtherNames = (members: object, named: Naming) =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [named(name), value]))

/** Without the field, and without what hung on its answers. */
export function without(document: FormDocument, name: string): FormDocument {
  const rows = document.layout.map((row) =>
    row
      .filter(({ field }) => field !== name)
      .map((field) => (field.visible_when?.field === name ? withMembers(field, { visible_when: undefined }) : field)),
  )
  const properties = withoutMember(document.schema.properties, name)!
  const rules = ((document.schema as Rule).allOf ?? [])
    .filter((rule) => conditionOf(rule)?.field !== name)
    .map((rule) => (conditionOf(rule) ? silentOn(rule, name) : rule))
  const required = document.schema.required?.filter((each) => each !== name)
  const layout = rows.filter((row) => row.length > 0)
  return withRules({ ...document, layout, schema: { ...document.schema, properties } }, rules, required)
}

function silentOn(rule: Rule, name: string): Rule {
  return withMembers(rule, { then: withoutWord(rule.then, name), else: withoutWord(rule.else, name) })
}

function withoutWord(part: Rule | undefined, name: string): Rule | undefined {
  if (!part) return undefined
  const required = part.required?.filter((each) => each !== name)
  return withMembers(part, { required, properties: withoutMember(part.properties, name) })
}
