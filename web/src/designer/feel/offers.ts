import type { Schemas } from '../../api/client'

/** What is offered while an expression is typed. Pure. */
export type Vocabulary = Schemas['FeelVocabulary']
export type ProcessScope = Schemas['ScopeOfProcess']
type Variable = Schemas['NamedVariable']
type Member = Schemas['VariableMember']

/** Names may stand in backquotes; the functions of the house are offered beside the variables. */
export const HOUSE_LANGUAGE = { parserDialect: 'camunda', builtins: [] }

/** In the shape that the library's editor of expressions takes. */
export interface Offer {
  name: string
  type?: 'function' | 'variable'
  params?: { name: string }[]
  /** Shown as text beside the list; never markup. */
  info: string
  /** FEEL's name of the type. */
  detail?: string
  entries?: Offer[]
  /** Members of a list of contexts are given like those of one context. */
  isList?: 'optional'
}

/** How an offer speaks: the language, and what elements are called. */
export interface Speech {
  either: (zh: string, en: string) => string
  t: (key: string, named?: Record<string, string>) => string
  nameOf: (element: string) => string
}

/** The functions, each by its first signature; what may be left out is left out. */
export function functionOffers({ functions }: Vocabulary, { either }: Speech): Offer[] {
  return functions.map(({ name, signatures: [first], help_zh, help_en, example }) => ({
    name,
    type: 'function',
    params: (first ?? []).filter(({ optional }) => !optional).map((each) => ({ name: each.name })),
    info: `${either(help_zh, help_en)}\n${example}`,
  }))
}

/** The case with its facts. */
export function caseOffer({ facts }: Vocabulary, { either, t }: Speech): Offer {
  const entries = facts.map(({ name, type, zh, en, values }): Offer => {
    const choices = values.length ? `\n${values.map((value) => `"${value}"`).join(' ')}` : ''
    return { name, detail: type, info: either(zh, en) + choices }
  })
  return { name: 'case', detail: 'context', info: t('expression.case'), entries }
}

/** What expressions of an element may read; what its outputs see of its own answer is said to be for them alone. */
export function variableOffers(scope: ProcessScope, element: string, seesAnswer: boolean, speech: Speech): Offer[] {
  const found = scope.elements.find((each) => each.element === element)
  const at = (places: number[] = []) => places.map((place) => scope.variables[place]!)
  const answer = seesAnswer ? at(found?.answer) : []
  const own = new Set(answer.map(({ name }) => name))
  return [
    ...answer.map((variable) => variableOffer(variable, speech, true)),
    ...at(found?.variables)
      .filter(({ name }) => !own.has(name))
      .map((variable) => variableOffer(variable, speech, false)),
  ]
}

function variableOffer(variable: Variable, { either, t, nameOf }: Speech, isAnswer: boolean): Offer {
  const places = variable.sources.map(({ origin, element }) =>
    t(`expression.origins.${origin}`, { element: nameOf(element) || element }),
  )
  const said = [either(variable.zh, variable.en), places.join(t('expression.and')), isAnswer && t('expression.answer')]
  return { ...memberOffer(variable), info: said.filter(Boolean).join('\n') }
}

function memberOffer({ name, type, members }: Member): Offer {
  const entries = members.map(memberOffer)
  return { name, detail: type, info: '', ...(entries.length ? { entries, isList: 'optional' } : {}) }
}

/** A text as the expression that comes to it. */
export function asExpression(text: string): string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? text : JSON.stringify(text)
}

/** An expression as text: what it comes to where it is no more than a string. */
export function asText(expression: string): string {
  return /^"([^"\\]*)"$/.exec(expression)?.[1] ?? expression
}
