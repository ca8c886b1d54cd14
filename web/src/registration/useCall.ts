import { computed, reactive, ref, shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed, newKey } from '../api/keys'
import { asProblem, UNREACHED, type Problem } from '../problems/problem'
import type { Spot } from '../map/spot'
import type { LikelyCase } from './useLikely'

export interface Call {
  channel: string
  name: string
  phone: string
  subcategory: string
  address: string
  description: string
  place: Spot | null
}

export type Outcome = { kind: 'registered' | 'added'; case: number; number: string }

const EMPTY = { name: '', phone: '', subcategory: '', address: '', description: '', place: null }

/** A call while it is being heard, and what became of it: a new case, or words added to one that is known. */
export function useCall() {
  const call = reactive<Call>({ channel: 'hotline', ...EMPTY })
  const outcome = shallowRef<Outcome | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const isBusy = ref(false)
  const isComplete = computed(() => Boolean(call.subcategory && call.description.trim() && call.place))
  /** The key of this call: what is sent again after no answer came is still the same call. */
  let key = newKey()

  async function attempt(act: () => Promise<Outcome>): Promise<void> {
    isBusy.value = true
    problem.value = null
    try {
      outcome.value = await act()
      Object.assign(call, EMPTY)
      key = newKey()
    } catch (thrown) {
      problem.value = asProblem(thrown)
      // A refusal is kept under its key; what is mended is another attempt.
      if (problem.value.status !== UNREACHED) key = newKey()
    } finally {
      isBusy.value = false
    }
  }

  const register = () =>
    attempt(async () => {
      const { channel, subcategory, address, description, place, name, phone } = call
      const body: Schemas['Report'] = {
        channel,
        subcategory,
        description: description.trim(),
        location: { ...place!, crs: 'CGCS2000', address: address.trim() },
        media: [],
        ...(name || phone ? { reporter: { name, phone } } : {}),
      }
      const made = await answer(api.POST('/api/v1/cases', { params: { header: keyed(key) }, body }))
      return { kind: 'registered', case: made.case, number: made.number }
    })

  /** It is the same thing: whoever has the case is told what was said, and no second one is made. */
  const addTo = (found: LikelyCase, words: string) =>
    attempt(async () => {
      const params = { path: { case: String(found.case) } }
      const { items } = await answer(api.GET('/api/v1/cases/{case}/tasks', { params }))
      const open = items.find(({ state }) => state === 'open')
      const outcome: Outcome = { kind: 'added', case: found.case, number: found.number }
      if (!open) return outcome
      const path = { task: open.id }
      await answer(
        api.POST('/api/v1/tasks/{task}/comments', { params: { path, header: keyed(key) }, body: { text: words } }),
      )
      return outcome
    })

  return { call, outcome, problem, isBusy, isComplete, register, addTo }
}
