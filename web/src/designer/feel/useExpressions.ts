import { computed, onUnmounted, shallowRef, watch, type Ref } from 'vue'
import { answer, api } from '../../api/client'
import { useLanguage } from '../../words/language'
import { caseOffer, functionOffers, variableOffers, type Offer, type ProcessScope, type Vocabulary } from './offers'

const LONGEST_WAIT_MS = 2_000

/** What fields of expressions offer. */
export interface Expressions {
  /** Everything that can be named at an element, functions last; with what its outputs see where that is wanted. */
  at: (element: string, seesAnswer?: boolean) => Offer[]
  /** The same once the server has looked at the element. */
  known: (element: string) => Promise<Offer[]>
}

/** What may be named where no diagram is looked at: the case and the functions. */
export function useVocabulary(nameOf: (element: string) => string = () => '') {
  const { either, t } = useLanguage()
  const speech = { either, t, nameOf }
  const vocabulary = shallowRef<Vocabulary | null>(null)
  const isAsked = answer(api.GET('/api/v1/feel/vocabulary')).then(
    (words) => void (vocabulary.value = words),
    // Nothing is offered then; expressions are written all the same.
    () => undefined,
  )
  const functions = computed(() => (vocabulary.value ? functionOffers(vocabulary.value, speech) : []))
  const facts = computed(() => (vocabulary.value ? [caseOffer(vocabulary.value, speech)] : []))
  return { functions, facts, speech, isAsked }
}

/** What the server's own reading of a diagram says can be named in it, as it changes. */
export function useExpressions(
  process: string,
  source: Readonly<Ref<string>>,
  nameOf: (element: string) => string,
): Expressions {
  const { functions, facts, speech, isAsked } = useVocabulary(nameOf)
  const scope = shallowRef<ProcessScope | null>(null)
  let asking: AbortController | null = null
  let arrived: () => void = () => undefined
  let next = new Promise<void>((resolve) => (arrived = resolve))

  async function look(text: string): Promise<void> {
    asking?.abort()
    if (!text) return
    const mine = (asking = new AbortController())
    const found = await scopeOf(process, text, mine.signal).catch(() => null)
    if (mine.signal.aborted) return
    scope.value = found ?? scope.value
    arrived()
    next = new Promise((resolve) => (arrived = resolve))
  }

  function at(element: string, seesAnswer = false): Offer[] {
    const variables = scope.value ? variableOffers(scope.value, element, seesAnswer, speech) : []
    return [...variables, ...facts.value, ...functions.value]
  }

  const isKnown = (element: string) => scope.value?.elements.some((each) => each.element === element)

  async function known(element: string): Promise<Offer[]> {
    await isAsked
    // An element that was drawn just now is known a moment later.
    if (!isKnown(element)) await Promise.race([next, new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))])
    return at(element, true)
  }

  watch(source, look, { immediate: true })
  onUnmounted(() => asking?.abort())
  return { at, known }
}

function scopeOf(process: string, source: string, signal: AbortSignal): Promise<ProcessScope> {
  const headers = { 'Content-Type': 'application/xml' }
  const bodySerializer = (text: unknown) => text as string
  const params = { path: { process } }
  return answer(
    api.POST('/api/v1/processes/{process}/scope', { params, body: source, headers, bodySerializer, signal }),
  )
}
