import { shallowRef } from 'vue'
import { answer, api } from '../api/client'
import { useLive } from '../live/useLive'

export interface Load {
  unit: string
  name: string
  name_en: string
  count: number | string
}

const PAGE = 200

/** How many open cases each unit has, the heaviest load first. */
export function useLoads() {
  const loads = shallowRef<Load[]>([])

  async function load(): Promise<void> {
    try {
      const query = { open: true, limit: 1 }
      const [cases, units] = await Promise.all([
        answer(api.GET('/api/v1/cases', { params: { query } })),
        answer(api.GET('/api/v1/units', { params: { query: { limit: PAGE } } })),
      ])
      const named = new Map(units.items.map((unit) => [unit.code, unit]))
      loads.value = Object.entries(cases.facets.unit ?? {})
        .filter(([code]) => code)
        .map(([code, count]) => ({
          unit: code,
          name: named.get(code)?.name ?? code,
          name_en: named.get(code)?.name_en ?? code,
          count,
        }))
        .sort((one, other) => parseInt(String(other.count)) - parseInt(String(one.count)))
    } catch {
      // The desk works without it; the list beside it says what is the matter.
    }
  }

  void load()
  useLive(load)
  return loads
}
