import type { Declared, Shape, Written } from './modeler'

/** What an element declares in the words of the house, read from its extension elements. Pure. */
export interface Declarations {
  form: string
  groups: string
  priority: string
  /** `zeebe:property` by name: stage, deadline and the others of docs/reference/bpmn.md. */
  properties: Record<string, string>
}

const ATTRIBUTES = {
  form: ['zeebe:FormDefinition', 'formId'],
  groups: ['zeebe:AssignmentDefinition', 'candidateGroups'],
  priority: ['zeebe:PriorityDefinition', 'priority'],
} as const

export type AttributeName = keyof typeof ATTRIBUTES

/** What stands in the file. */
export function declarationsOf(written: Written): Declarations {
  const values = written.extensionElements?.values ?? []
  const attribute = (name: AttributeName) => {
    const [kind, key] = ATTRIBUTES[name]
    return (values.find(({ $type }) => $type === kind)?.[key] as string | undefined) ?? ''
  }
  const properties = pairsIn(values, PROPERTIES)
  return { form: attribute('form'), groups: attribute('groups'), priority: attribute('priority'), properties }
}

/** Where pairs of texts stand among the extension elements. */
interface Pairs {
  list: string
  /** Under which the list holds its pairs. */
  items: string
  pair: string
  /** What the pairs call their names. */
  name: string
}

export const PROPERTIES: Pairs = { list: 'zeebe:Properties', items: 'properties', pair: 'zeebe:Property', name: 'name' }
export const HEADERS: Pairs = { list: 'zeebe:TaskHeaders', items: 'values', pair: 'zeebe:Header', name: 'key' }

/** The pairs of texts, by name. */
export function pairsIn(values: readonly Declared[], where: Pairs): Record<string, string> {
  return Object.fromEntries(
    listed(values, where).map((pair) => [pair[where.name] as string, (pair.value as string) ?? '']),
  )
}

function listed(values: readonly Declared[], { list, items }: Pairs): Declared[] {
  return (values.find(({ $type }) => $type === list)?.[items] as Declared[] | undefined) ?? []
}

export type Make = (kind: string, attributes: object) => Declared

/** The extension elements with one attribute set, or without its element when the text is empty. */
export function withAttribute(values: readonly Declared[], name: AttributeName, text: string, make: Make): Declared[] {
  return withAttributeOf(values, ATTRIBUTES[name], text, make)
}

/** As `withAttribute`, for any attribute of any element among them. */
export function withAttributeOf(
  values: readonly Declared[],
  [kind, key]: readonly [string, string],
  text: string,
  make: Make,
): Declared[] {
  const before = values.find(({ $type }) => $type === kind)
  const others = values.filter((each) => each !== before)
  if (!text && !before) return [...values]
  const kept = before ? attributesOf(before) : {}
  const attributes = { ...kept, [key]: text || undefined }
  const isLeft = Object.values(attributes).some((value) => value !== undefined && value !== '')
  return isLeft ? replaced(values, before, make(kind, attributes)) : others
}

/** The extension elements with one pair set, or without it when the text is empty; the others in their order. */
export function withPair(
  values: readonly Declared[],
  where: Pairs,
  name: string,
  text: string,
  make: Make,
): Declared[] {
  const before = values.find(({ $type }) => $type === where.list)
  const written = listed(values, where)
  const nameOf = (pair: Declared) => pair[where.name]
  const isNew = text && !written.some((pair) => nameOf(pair) === name)
  const kept = written
    .filter((pair) => nameOf(pair) !== name || text)
    .map((pair) => ({ [where.name]: nameOf(pair), value: nameOf(pair) === name ? text : pair.value }))
  const pairs = isNew ? [...kept, { [where.name]: name, value: text }] : kept
  if (!pairs.length) return values.filter((each) => each !== before)
  return replaced(values, before, make(where.list, { [where.items]: pairs.map((pair) => make(where.pair, pair)) }))
}

function replaced(values: readonly Declared[], before: Declared | undefined, after: Declared): Declared[] {
  return before ? values.map((each) => (each === before ? after : each)) : [...values, after]
}

function attributesOf(declared: Declared): Record<string, unknown> {
  return Object.fromEntries(Object.entries(declared).filter(([name]) => !name.startsWith('$')))
}

/** Which fields an element of a kind has. */
export type Field = 'form' | 'groups' | 'priority' | 'stage' | 'deadline' | 'separateFrom' | 'onReturn' | 'onVoid'

const ACTIVITY = /Task$|SubProcess$|CallActivity$/

export function fieldsOf(type: string): Field[] {
  if (type === 'bpmn:UserTask') return ['form', 'groups', 'stage', 'deadline', 'separateFrom', 'onReturn', 'priority']
  if (type === 'bpmn:StartEvent') return ['form', 'stage']
  if (type === 'bpmn:Process') return ['deadline', 'onVoid']
  if (ACTIVITY.test(type)) return ['stage', 'deadline', 'onReturn']
  return /Event$/.test(type) ? ['stage'] : []
}

export interface Way {
  id: string
  name: string
  to: string
  condition: string
  isDefault: boolean
}

/** The flows out of a gateway that asks a question; none for everything else. */
export function waysOutOf(shape: Shape): Way[] {
  if (!/(?:Exclusive|Inclusive)Gateway$/.test(shape.type)) return []
  const written = shape.businessObject
  const outgoing = (written.outgoing as Written[] | undefined) ?? []
  return outgoing.map((flow) => ({
    id: flow.id,
    name: flow.name ?? '',
    to: ((flow.targetRef as Written | undefined)?.name || (flow.targetRef as Written | undefined)?.id) ?? '',
    condition: ((flow.conditionExpression as { body?: string } | undefined)?.body ?? '').replace(/^=\s*/, ''),
    isDefault: (written.default as Written | undefined)?.id === flow.id,
  }))
}
