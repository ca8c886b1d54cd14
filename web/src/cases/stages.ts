import { shallowRef } from 'vue'
import { answer, api } from '../api/client'
import { spoken } from '../words/language'

type Texts = (key: string) => string
type Name = Record<'zh' | 'en', string>

/** The stages that the product has words for in every language; `bpmn/README.md` names them to designers. */
const USUAL = new Set([
  'report', 'acceptance', 'confirmation', 'filing', 'dispatch', 'disposal', 'verification', 'closure', 'refusal',
  'refused', 'voided', 'return_visit', 'closed',
]) // prettier-ignore

/** What diagrams call the others. */
const named = shallowRef<Record<string, Name>>({})

/** The published diagrams by key, with their names. */
export const diagrams = shallowRef<Record<string, Name>>({})

/** Ask what the published diagrams call their stages. */
export async function learnStages(): Promise<void> {
  // Without it a stage that a designer invented is called by itself.
  const found = await answer(api.GET('/api/v1/stages')).catch(() => null)
  if (!found) return
  diagrams.value = Object.fromEntries(found.diagrams.map(({ key, name, name_en }) => [key, { zh: name, en: name_en }]))
  named.value = Object.fromEntries(found.items.map(({ stage, name, name_en }) => [stage, { zh: name, en: name_en }]))
}

/** Every stage that there is a name for: the usual ones, and those that diagrams invented. */
export function stagesKnown(): string[] {
  return [...new Set([...USUAL, ...Object.keys(named.value)])]
}

/** The name of a stage in the language of the page. */
export function stageName(stage: string, t: Texts): string {
  return USUAL.has(stage) ? t(`stages.${stage}`) : (named.value[stage]?.[spoken.value] ?? stage)
}

/** What a diagram is called, a verb's above all. */
export function diagramName(key: string): string {
  return diagrams.value[key]?.[spoken.value] ?? key
}
