import { shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed } from '../api/keys'
import { useAttempt } from '../api/useAttempt'
import type { Answers } from '../forms/form'
import { useLive } from '../live/useLive'
import { asProblem } from '../problems/problem'

export type CaseVerb = Schemas['Verb']

/** What can be done with a case beyond its tasks, and why what cannot be done cannot; as of the last commit; of no case, nothing. */
export function useVerbs(id: Readonly<Ref<number | undefined>>) {
  const verbs = shallowRef<CaseVerb[]>([])
  const { problem, isBusy, attempt } = useAttempt()

  async function load(): Promise<void> {
    const asked = id.value
    if (asked === undefined) return
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
    return attempt(`${verb.verb} ${id.value} ${JSON.stringify(body)}`, (key) => {
      const params = { path: { case: String(id.value), verb: verb.verb }, header: keyed(key) }
      return answer(api.POST('/api/v1/cases/{case}/verbs/{verb}', { params, body }))
    })
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
