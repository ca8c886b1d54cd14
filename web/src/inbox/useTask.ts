import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed } from '../api/keys'
import { useAttempt } from '../api/useAttempt'
import { given, opened, type Answers, type Form } from '../forms/form'
import { useLive } from '../live/useLive'
import { asProblem } from '../problems/problem'

export type TaskDetail = Schemas['TaskDetail']
export type Verb = 'claim' | 'release'

/** One task at work: its form with what was typed, its draft, and what can be done with it. */
export function useTask(id: Ref<string | undefined>) {
  const task = shallowRef<TaskDetail | null>(null)
  const answers = ref<Answers>({})
  const { problem, isBusy, attempt } = useAttempt()
  const kept = ref('{}')
  const form = computed(() => (task.value?.form ?? null) as Form | null)
  const verbs = computed(() => Object.fromEntries(task.value?.verbs.map((verb) => [verb.verb, verb]) ?? []))
  let asked = 0
  const isDirty = computed(() => form.value !== null && JSON.stringify(given(form.value, answers.value)) !== kept.value)

  async function load(): Promise<void> {
    const [wanted, turn] = [id.value, ++asked]
    if (!wanted) return void (task.value = null)
    try {
      const found = await answer(api.GET('/api/v1/tasks/{task}', { params: { path: { task: wanted } } }))
      if (turn !== asked) return
      const isAnother = task.value?.id !== found.id
      task.value = found
      if (isAnother || !isDirty.value) begin(found)
      problem.value = null
    } catch (thrown) {
      if (turn === asked) problem.value = asProblem(thrown)
    }
  }

  function begin(found: TaskDetail): void {
    const shape = found.form as Form | null
    answers.value = shape ? opened(shape, found.draft?.data) : {}
    kept.value = shape ? JSON.stringify(given(shape, answers.value)) : '{}'
  }

  const addressed = (key: string) => ({ path: { task: task.value!.id }, header: keyed(key) })

  async function take(verb: Verb): Promise<boolean> {
    const calls = {
      claim: (key: string) => api.POST('/api/v1/tasks/{task}/claim', { params: addressed(key), body: {} }),
      release: (key: string) => api.POST('/api/v1/tasks/{task}/release', { params: addressed(key), body: {} }),
    }
    const isDone = await attempt(`${verb} ${id.value}`, (key) => answer(calls[verb](key)))
    await load()
    return isDone
  }

  async function saveDraft(): Promise<boolean> {
    const data = given(form.value!, answers.value)
    const version = String(task.value!.draft?.version ?? 0)
    const isDone = await attempt(`draft ${id.value} ${version} ${JSON.stringify(data)}`, (key) => {
      const { path, header } = addressed(key)
      const params = { path, header: { ...header, 'If-Match': `"${version}"` } }
      return answer(api.POST('/api/v1/tasks/{task}/draft', { params, body: { data } }))
    })
    if (isDone) {
      kept.value = JSON.stringify(data)
      await load()
    }
    return isDone
  }

  async function complete(comment: string): Promise<boolean> {
    const data = form.value ? given(form.value, answers.value) : {}
    return attempt(`complete ${id.value} ${comment} ${JSON.stringify(data)}`, (key) =>
      answer(api.POST('/api/v1/tasks/{task}/complete', { params: addressed(key), body: { data, comment } })),
    )
  }

  watch(id, load, { immediate: true })
  useLive(load, (event) => event.case === task.value?.case)

  return { task, form, answers, verbs, problem, isBusy, isDirty, load, take, saveDraft, complete }
}
