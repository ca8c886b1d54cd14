import { ref, shallowRef } from 'vue'
import { asProblem, UNREACHED, type Problem } from '../problems/problem'
import { newKey } from './keys'

/** Changes that are tried once each: whether one is under way, and why the last one failed. */
export function useAttempt() {
  const problem = shallowRef<Problem | null>(null)
  const isBusy = ref(false)
  /** An attempt whose outcome is not known: the same again is to carry the same key. */
  let unanswered: { what: string; key: string } | null = null

  /** Do something once, told by `what` from everything else; whether it was done. What failed is in `problem`. */
  async function attempt(what: string, act: (key: string) => Promise<unknown>): Promise<boolean> {
    isBusy.value = true
    problem.value = null
    const key = unanswered?.what === what ? unanswered.key : newKey()
    try {
      await act(key)
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

  return { problem, isBusy, attempt }
}
