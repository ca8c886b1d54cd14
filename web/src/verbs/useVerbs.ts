import { ref, shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed, newKey } from '../api/keys'
import type { Answers } from '../forms/form'
import { useLive } from '../live/useLive'
import { asProblem, UNREACHED, type Problem } from '../problems/problem'

export type CaseVerb = Schemas['Verb']

/** What can be done with a case beyond its tasks, and why what cannot be done cannot; as of the last commit. */
export function useVerbs(id: Ref<number>) {
  const verbs = shallowRef<CaseVerb[]>([])
  const problem = shallowRef<Problem | null>(null)
  const isBusy = ref(false)
  /** An attempt whose outcome is not known: the same again is to carry the same key. */
  let unanswered: { what: string; key: string } | null = null

  async function load(): Promise<void> {
    const asked = id.value
    try {
      const found = await answer(api.GET('/api/v1/cases/{case}/verbs', { params: { path: { case: String(asked) } } }))
      if (asked === id.value) verbs.value = found.items
    } catch (thrown) {
      if (asked === id.value) problem.value = asProblem(thrown)
    }
  }

  /** Use a verb, on one of the open tasks where it acts on one; whether it was done. What failed is in `problem`. */
  async function use(verb: CaseVerb, data: Answers, comment: string, task: string | undefined): Promise<boolean> {
    const body = { data, comment, ...(task ? { task } : {}) }
    const what = `${verb.verb} ${id.value} ${JSON.stringify(body)}`
    const key = unanswered?.what === what ? unanswered.key : newKey()
    const params = { path: { case: String(id.value), verb: verb.verb }, header: keyed(key) }
    isBusy.value = true
    problem.value = null
    try {
      await answer(api.POST('/api/v1/cases/{case}/verbs/{verb}', { params, body }))
      unanswered = null
      return true
    } catch (thrown) {
      problem.value = asProblem(thrown)
      unanswered = problem.value.status === UNREACHED ? { what, key } : null
      return false
    } finally {
      isBusy.value = false
    }
  }

  watch(
    id,
    () => {
      verbs.value = []
      problem.value = null
      void load()
    },
    { immediate: true },
  )
  useLive(load, (event) => event.case === id.value)
  return { verbs, problem, isBusy, load, use }
}
