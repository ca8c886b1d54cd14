import { computed, shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'

export type Media = Schemas['Media']

const BEFORE = new Set(['report', 'before', 'confirmation'])
const AFTER = new Set(['after', 'verification'])

/** The photos and attachments of a case: how it was, how it is now, and what is neither. */
export function useMedia(id: Readonly<Ref<number>>) {
  const media = shallowRef<readonly Media[] | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const all = computed(() => media.value ?? [])
  const before = computed(() => all.value.filter(({ usage }) => BEFORE.has(usage)))
  const after = computed(() => all.value.filter(({ usage }) => AFTER.has(usage)))
  const others = computed(() => all.value.filter(({ usage }) => !BEFORE.has(usage) && !AFTER.has(usage)))

  async function load(): Promise<void> {
    const asked = id.value
    try {
      const params = { path: { case: String(asked) } }
      const found = await answer(api.GET('/api/v1/cases/{case}/media', { params }))
      if (asked !== id.value) return
      media.value = found.items
      problem.value = null
    } catch (thrown) {
      if (asked === id.value) problem.value = asProblem(thrown)
    }
  }

  watch(
    id,
    () => {
      media.value = null
      void load()
    },
    { immediate: true },
  )
  useLive(load, (event) => event.case === id.value)
  return { media, before, after, others, problem, load }
}
