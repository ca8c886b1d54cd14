import { HEADERS, pairsIn, withAttributeOf, withPair, type Make } from './declared'
import type { Declared, Written } from './modeler'

/** Element templates of outside systems: what they write into a task, and what is left to fill in. Pure. */
export type Binding =
  { type: 'zeebe:taskDefinition'; property: 'type' | 'retries' } | { type: 'zeebe:taskHeader'; key: string }

export interface TemplateField {
  type: 'Hidden' | 'String' | 'Dropdown'
  binding: Binding
  label?: string
  description?: string
  value?: string
  choices?: { name: string; value: string }[]
}

export interface Template {
  id: string
  name: string
  description: string
  properties: TemplateField[]
}

const DEFINITION = 'zeebe:TaskDefinition'

/** What is written where a field of a template belongs. */
export function boundIn(values: readonly Declared[], binding: Binding): string {
  if (binding.type === 'zeebe:taskHeader') return pairsIn(values, HEADERS)[binding.key] ?? ''
  return (values.find(({ $type }) => $type === DEFINITION)?.[binding.property] as string | undefined) ?? ''
}

/** The extension elements with a field of a template set; without it when the text is empty. */
export function withBound(values: readonly Declared[], binding: Binding, text: string, make: Make): Declared[] {
  return binding.type === 'zeebe:taskHeader'
    ? withPair(values, HEADERS, binding.key, text, make)
    : withAttributeOf(values, [DEFINITION, binding.property], text, make)
}

/** The extension elements under another template: what is hidden changes with it, what people filled in stays. */
export function withTemplate(
  values: readonly Declared[],
  wanted: Template | undefined,
  before: Template | undefined,
  make: Make,
): Declared[] {
  const hidden = before?.properties.filter(({ type }) => type === 'Hidden') ?? []
  const cleared = hidden.reduce((left, { binding }) => withBound(left, binding, '', make), [...values])
  return (wanted?.properties ?? []).reduce((written, { type, binding, value = '' }) => {
    const isFilled = type !== 'Hidden' && boundIn(written, binding)
    return isFilled || !value ? written : withBound(written, binding, value, make)
  }, cleared)
}

/** Whether an outside system can be asked at an element. */
export function asksOutside(written: Written): boolean {
  return /:(?:Service|Send)Task$/.test(written.$type)
}

/** The half of a text in two languages that is meant: templates have one text for both. */
export function half(text: string, language: 'zh' | 'en'): string {
  const [zh, ...en] = text.split(' / ')
  return language === 'en' && en.length ? en.join(' / ') : (zh ?? '')
}
