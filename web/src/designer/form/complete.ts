import type { Text } from '../../forms/form'
import { fieldsOf, type FormDocument } from './document'

/** What is not said in both languages, and where findings stand. Pure. */

export interface Missing {
  /** Nothing when the title of the form is meant. */
  field: string | null
  language: 'zh' | 'en'
}

/** Each field, and the title, whose texts lack a language. */
export function missingTexts(document: FormDocument): Missing[] {
  const spoken: [string | null, (Text | null | undefined)[]][] = [
    [null, [document.title]],
    ...fieldsOf(document).map(({ field, label, help, options }): [string, (Text | null | undefined)[]] => [
      field,
      [label, help, ...Object.values(options ?? {})],
    ]),
  ]
  return spoken.flatMap(([field, texts]) =>
    (['zh', 'en'] as const)
      .filter((language) => texts.some((text) => text && !text[language].trim()))
      .map((language) => ({ field, language })),
  )
}

/** The field that a JSON pointer into the file means. */
export function fieldAtPointer(document: FormDocument, pointer: string): string | null {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (steps[0] === 'layout') return document.layout[Number(steps[1])]?.[Number(steps[2])]?.field ?? null
  const isOfField = steps[0] === 'schema' && steps[1] === 'properties' && steps[2] !== undefined
  return isOfField ? steps[2]! : null
}
