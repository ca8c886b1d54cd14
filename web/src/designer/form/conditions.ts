import type { Condition } from '../../forms/form'
import { fieldNamed, withField, withMembers, withoutMember, type FormDocument } from './document'

/** When a field is shown and when it has to be answered, in the form's own words: `visible_when` and `if`/`then`. Pure. */

/** `elsewhere`: by conditions that only the file can say. */
export type Requirement =
  { how: 'never' | 'always' | 'elsewhere'; condition?: undefined } | { how: 'when'; condition: Condition }

export interface Rule {
  if?: Rule
  then?: Rule
  else?: Rule
  properties?: Record<string, unknown>
  required?: string[]
  allOf?: Rule[]
}

const rulesOf = (document: FormDocument) => (document.schema as Rule).allOf ?? []

export function areSame(one: Condition | undefined | null, other: Condition | undefined | null): boolean {
  if (!one || !other) return !one && !other
  const values = new Set(one.in)
  return (
    one.field === other.field && values.size === new Set(other.in).size && other.in.every((each) => values.has(each))
  )
}

/** The condition of a rule that asks for nothing but one field's values; nothing when it says more. */
export function conditionOf({ if: asked }: Rule): Condition | null {
  const [field, ...others] = Object.keys(asked?.properties ?? {})
  if (!asked || !field || others.length || Object.keys(asked).length !== 2) return null
  const values = asked.required?.join() === field ? valuesOf(asked.properties![field] as Wanted) : null
  return values && { field, in: values }
}

interface Wanted {
  enum?: unknown[]
  const?: unknown
}

function valuesOf(wanted: Wanted): unknown[] | null {
  if (Object.keys(wanted).length !== 1) return null
  return wanted.enum ?? ('const' in wanted ? [wanted.const] : null)
}

export function requirementOf(document: FormDocument, name: string): Requirement {
  if (document.schema.required?.includes(name)) return { how: 'always' }
  const asking = rulesOf(document).filter((rule) => asks(rule, name))
  if (!asking.length) return { how: 'never' }
  const condition = asking.length === 1 && asking[0]!.then?.required?.includes(name) ? conditionOf(asking[0]!) : null
  return condition ? { how: 'when', condition } : { how: 'elsewhere' }
}

/** Whether a rule has the field answered in any way. */
function asks({ required, then, else: otherwise, allOf = [] }: Rule, name: string): boolean {
  const parts = [then, otherwise, ...allOf].filter((part) => part !== undefined)
  return !!required?.includes(name) || parts.some((part) => asks(part, name))
}

export function withRequirement(document: FormDocument, name: string, requirement: Requirement): FormDocument {
  const others = (document.schema.required ?? []).filter((each) => each !== name)
  const required = requirement.how === 'always' ? [...others, name] : others
  const rules = rulesOf(document).map((rule) => (conditionOf(rule) ? withoutAsking(rule, name) : rule))
  const changed = withRules(document, rules, required)
  if (requirement.how !== 'when') return changed
  return withRule(changed, requirement.condition, (rule) => ({
    ...rule,
    then: { ...rule.then, required: [...(rule.then?.required ?? []), name] },
  }))
}

function withoutAsking(rule: Rule, name: string): Rule {
  if (!rule.then?.required?.includes(name)) return rule
  const required = rule.then.required.filter((each) => each !== name)
  return { ...rule, then: { ...rule.then, required } }
}

/** Whether an answer is refused while the condition does not hold. */
export function isRefusedUnless(document: FormDocument, name: string, condition: Condition): boolean {
  return rulesOf(document).some(
    (rule) => areSame(conditionOf(rule), condition) && rule.else?.properties?.[name] === false,
  )
}

export function withRefusal(
  document: FormDocument,
  name: string,
  condition: Condition,
  isRefused: boolean,
): FormDocument {
  if (isRefused) {
    return withRule(document, condition, (rule) => ({
      ...rule,
      else: { ...rule.else, properties: { ...rule.else?.properties, [name]: false } },
    }))
  }
  const rules = rulesOf(document).map((rule) => {
    if (!areSame(conditionOf(rule), condition)) return rule
    return { ...rule, else: rule.else && { ...rule.else, properties: withoutMember(rule.else.properties, name) } }
  })
  return withRules(document, rules, document.schema.required)
}

/** Shown under another condition, or always: what hangs on its being shown follows. */
export function withVisibility(document: FormDocument, name: string, condition: Condition | null): FormDocument {
  const before = fieldNamed(document, name)?.visible_when
  let changed = withField(document, name, { visible_when: condition ?? undefined })
  if (!before) return changed
  if (isRefusedUnless(document, name, before)) {
    changed = withRefusal(changed, name, before, false)
    if (condition) changed = withRefusal(changed, name, condition, true)
  }
  const requirement = requirementOf(document, name)
  if (!areSame(requirement.condition, before)) return changed
  return withRequirement(changed, name, condition ? { how: 'when', condition } : { how: 'always' })
}

/** The rule of the condition written otherwise; a new one where there is none. */
function withRule(document: FormDocument, condition: Condition, changed: (rule: Rule) => Rule): FormDocument {
  const rules = rulesOf(document)
  const place = rules.findIndex((rule) => areSame(conditionOf(rule), condition))
  const fresh: Rule = {
    if: { properties: { [condition.field]: { enum: condition.in } }, required: [condition.field] },
  }
  const all = place < 0 ? [...rules, changed(fresh)] : rules.map((rule, at) => (at === place ? changed(rule) : rule))
  return withRules(document, all, document.schema.required)
}

/** The form with these rules; those that say nothing any more are left out, and so are empty lists. */
export function withRules(document: FormDocument, rules: Rule[], required: string[] | undefined): FormDocument {
  const allOf = rules
    .map((rule) => (conditionOf(rule) ? tidied(rule) : rule))
    .filter((rule) => rule.then || rule.else || !rule.if)
  const changes = { allOf: allOf.length ? allOf : undefined, required: required?.length ? required : undefined }
  return { ...document, schema: withMembers(document.schema, changes) }
}

function tidied(rule: Rule): Rule {
  return withMembers(rule, { then: sayingSomething(rule.then), else: sayingSomething(rule.else) })
}

function sayingSomething(part: Rule | undefined): Rule | undefined {
  if (!part) return undefined
  const { required, properties } = part
  const kept = withMembers(part, {
    required: required?.length ? required : undefined,
    properties: properties && Object.keys(properties).length ? properties : undefined,
  })
  return Object.keys(kept).length ? kept : undefined
}
