import { computed, ref, shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { asProblem, type Problem } from '../problems/problem'
import type { Mark } from './diagram/marks'

export type Stand = Schemas['DryRunAnswer']
export type Step = Record<string, unknown>

/** A draft tried step by step: the page keeps the steps, the server says where they lead and keeps nothing. */
export function useDryRun(process: string, standing: () => Promise<string>) {
  const steps = shallowRef<Step[]>([])
  const stand = shallowRef<Stand | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const isBusy = ref(false)

  async function go(wanted: Step[]): Promise<void> {
    isBusy.value = true
    problem.value = null
    try {
      const body = { steps: wanted, source: await standing() }
      const led = await answer(api.POST('/api/v1/processes/{process}/dry-run', { params: { path: { process } }, body }))
      stand.value = led
      // A step that was refused changed nothing: the next one takes its place.
      steps.value = wanted.slice(0, led.steps.length - 1)
    } catch (thrown) {
      problem.value = asProblem(thrown)
    } finally {
      isBusy.value = false
    }
  }

  const marks = computed<Mark[]>(() => {
    const passed = stand.value?.steps.flatMap((step) => step.passed) ?? []
    const here = stand.value?.instances.filter((each) => each.process === process) ?? []
    return [
      ...passed
        .filter((each) => each.process === process)
        .flatMap(({ path }) => path.map((element) => ({ element, mark: 'covered' }))),
      ...here.flatMap(({ tokens }) => tokens.map((element) => ({ element, mark: 'here' }))),
    ]
  })

  return {
    steps,
    stand,
    problem,
    isBusy,
    marks,
    begin: () => go([]),
    take: (step: Step) => go([...steps.value, step]),
    back: () => go(steps.value.slice(0, -1)),
  }
}
