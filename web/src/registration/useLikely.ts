import { shallowRef, watch } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import type { Spot } from '../map/spot'

export type LikelyCase = Schemas['LikelyCase']

export interface Heard {
  place: Spot | null
  subcategory: string
  text: string
}

const BREATH = 350

/** What was reported before that may be the same thing; asked anew while somebody types. */
export function useLikely(heard: () => Heard) {
  const likely = shallowRef<LikelyCase[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function ask({ place, subcategory, text }: Heard): Promise<void> {
    const turn = ++asked
    if (!place) return void (likely.value = [])
    const query = { ...place, ...(subcategory ? { subcategory } : {}), ...(text ? { text: text.slice(0, 500) } : {}) }
    // It helps whoever types; that it does not come must not disturb.
    const found = await answer(api.GET('/api/v1/cases/likely', { params: { query } })).catch(() => ({ items: [] }))
    if (turn === asked) likely.value = found.items
  }

  watch(
    () => JSON.stringify(heard()),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void ask(heard()), BREATH)
    },
    { immediate: true },
  )
  return likely
}
