import { ref, shallowRef, type Ref } from 'vue'
import { answer, api } from '../../api/client'
import { asProblem, type Problem } from '../../problems/problem'
import type { Played } from './scenarios'

/** Stories played over a diagram as it stands on the page: those of a text, else all that are kept beside it. */
export function usePlaying(process: string, standing: () => Promise<string>, played: Ref<Played | null>) {
  const problem = shallowRef<Problem | null>(null)
  const isPlaying = ref(false)

  async function play(text: string | null): Promise<void> {
    isPlaying.value = true
    problem.value = null
    try {
      const params = { path: { process } }
      const body = { scenarios: text, source: await standing() }
      played.value = await answer(api.POST('/api/v1/processes/{process}/scenarios', { params, body }))
    } catch (thrown) {
      played.value = null
      problem.value = asProblem(thrown)
    } finally {
      isPlaying.value = false
    }
  }

  return { problem, isPlaying, play }
}
