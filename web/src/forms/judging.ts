import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema'
import type { Language } from '../time/wording'
import { given, isRequired, type Answers, type FieldSchema, type Form } from './form'

/** What is wrong, by field. */
export type Flaws = Record<string, string>

/** What the schema says of the answers, in words; the server judges again, and its word holds. */
export function judged(form: Form, answers: Answers, language: Language): Flaws {
  const sent = given(form, answers)
  const flaws: Flaws = {}
  for (const field of Object.keys(form.schema.properties)) {
    if (isRequired(form, field, answers) && sent[field] === undefined) flaws[field] = WORDS.required[language]
  }
  const result = new Validator(form.schema as Schema, '2020-12', false).validate(sent)
  for (const error of result.errors) {
    const field = fieldOf(error)
    if (field && sent[field] !== undefined) flaws[field] ??= said(error, form.schema.properties[field] ?? {}, language)
  }
  return flaws
}

/** The field that a JSON pointer of the server's names, such as `/data/photos/0` or `/photos`. */
export function fieldAt(pointer: string | undefined, form: Form): string | undefined {
  return pointer
    ?.split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .find((part) => part in form.schema.properties)
}

function fieldOf(error: OutputUnit): string | undefined {
  return error.instanceLocation.split('/')[1]
}

function said(error: OutputUnit, schema: FieldSchema, language: Language): string {
  const words = WORDS[error.keyword as keyof typeof WORDS] ?? WORDS.other
  return words[language].replace('{limit}', String(schema[error.keyword as keyof FieldSchema] ?? ''))
}

const WORDS = {
  required: { zh: '必填', en: 'Required' },
  maxLength: { zh: '最多 {limit} 字', en: 'At most {limit} characters' },
  minLength: { zh: '必填', en: 'Required' },
  minimum: { zh: '不小于 {limit}', en: 'At least {limit}' },
  maximum: { zh: '不大于 {limit}', en: 'At most {limit}' },
  maxItems: { zh: '最多 {limit} 项', en: 'At most {limit}' },
  enum: { zh: '请从列出的值中选择', en: 'Choose one of the values listed' },
  type: { zh: '格式不对', en: 'Not of the expected kind' },
  format: { zh: '格式不对', en: 'Not of the expected form' },
  pattern: { zh: '格式不对', en: 'Not of the expected form' },
  other: { zh: '内容有误', en: 'Something is wrong here' },
}
