import type { LanguageUse } from '../words/language'
import { diagramName, stageName } from './stages'
import type { Line } from './story'

/** A line of the story as a sentence. */
export function saying({ text, words, english }: Line, { either, t }: Pick<LanguageUse, 'either' | 't'>): string {
  const names = Object.fromEntries(Object.entries(english).map(([name, en]) => [name, either(words[name] ?? '', en)]))
  const message = either(words.message_zh ?? '', words.message_en ?? '')
  const [stage, verb] = [stageName(words.stage ?? '', t), diagramName(words.verb ?? '')]
  return t(text, { ...words, ...names, stage, verb, message })
}
