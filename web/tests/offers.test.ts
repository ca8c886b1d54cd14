import { describe, expect, it } from 'vitest'
import {
  asExpression,
  asText,
  caseOffer,
  functionOffers,
  variableOffers,
  type ProcessScope,
  type Vocabulary,
} from '../src/designer/feel/offers'

const speech = {
  either: (zh: string) => zh,
  t: (key: string, { element = '' }: Record<string, string> = {}) => (element ? `${key}:${element}` : key),
  nameOf: (element: string) => (element === 'accept' ? '受理' : ''),
}
const parameter = (name: string, optional = false) => ({ name, optional, repeated: false })
const VOCABULARY: Vocabulary = {
  functions: [
    {
      name: 'substring',
      signatures: [[parameter('string'), parameter('start'), parameter('length', true)]],
      help_zh: '取子串',
      help_en: 'A part',
      example: 'substring("ab", 1) = "ab"',
      members: [],
    },
  ],
  facts: [
    { name: 'urgency', type: 'string', zh: '紧急程度', en: 'Urgency', values: ['normal', 'urgent'], is_given: false },
  ],
}
const variable = (name: string, origin: string, changes = {}) => ({
  name,
  type: 'any',
  members: [],
  sources: [{ origin, element: 'accept' }],
  zh: '',
  en: '',
  ...changes,
})
const member = (name: string) => ({ name, type: 'string', members: [] })
const SCOPE: ProcessScope = {
  variables: [
    variable('decision', 'form', { type: 'string', zh: '受理意见', en: 'Decision' }),
    variable('rated', 'decision', { type: 'context', members: [member('level')] }),
    variable('decision', 'script', { sources: [{ origin: 'script', element: 'other' }] }),
  ],
  elements: [{ element: 'accept', variables: [2, 1], answer: [0] }],
  unknown: [],
}

describe('what is offered while an expression is typed', () => {
  it('tells functions with what they need, a word of help and an example', () => {
    expect(functionOffers(VOCABULARY, speech)).toEqual([
      {
        name: 'substring',
        type: 'function',
        params: [{ name: 'string' }, { name: 'start' }],
        info: '取子串\nsubstring("ab", 1) = "ab"',
      },
    ])
  })

  it('tells the facts of the case with what they may be', () => {
    const [urgency] = caseOffer(VOCABULARY, speech).entries!
    expect(urgency).toEqual({ name: 'urgency', detail: 'string', info: '紧急程度\n"normal" "urgent"' })
  })

  it('tells the variables of an element with their members and where they come from', () => {
    const [decision, rated] = variableOffers(SCOPE, 'accept', false, speech)
    expect(decision!.info).toBe('expression.origins.script:other')
    expect([rated!.isList, rated!.entries!.map(({ name }) => name)]).toEqual(['optional', ['level']])
  })

  it('puts what outputs see of their own answer before a variable of that name', () => {
    const offers = variableOffers(SCOPE, 'accept', true, speech)
    expect(offers.map(({ name }) => name)).toEqual(['decision', 'rated'])
    expect(offers[0]!.info).toBe('受理意见\nexpression.origins.form:受理\nexpression.answer')
  })

  it('has nothing for an element that nobody has looked at', () => {
    expect(variableOffers(SCOPE, 'new', true, speech)).toEqual([])
  })

  it('makes an expression of a text and back', () => {
    expect(['clerk', '50', 'a "b"'].map(asExpression)).toEqual(['"clerk"', '50', '"a \\"b\\""'])
    expect(['"clerk"', 'case.unit', '50'].map(asText)).toEqual(['clerk', 'case.unit', '50'])
  })
})
