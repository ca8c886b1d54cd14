import { ref, shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { here, type Found } from './places'

const NEAR = 60
const MOST = 4

/** Where the device is, what that place is called, and what stands near it as far as the server can be asked. */
export function usePlace() {
  const place = shallowRef<Found | null>(null)
  const called = ref('')
  const components = shallowRef<Schemas['NearComponent'][]>([])
  const isSeeking = ref(false)
  const isHidden = ref(false)

  async function seek(): Promise<void> {
    isSeeking.value = true
    try {
      place.value = await here()
      isHidden.value = false
    } catch {
      isHidden.value = true
    } finally {
      isSeeking.value = false
    }
    if (place.value) await describe(place.value)
  }

  async function describe(found: Found): Promise<void> {
    const at = { lon: found.lon, lat: found.lat }
    const around = { ...at, within_metres: NEAR, most: MOST }
    const [where, near] = await Promise.allSettled([
      answer(api.GET('/api/v1/grids/at', { params: { query: at } })),
      answer(api.GET('/api/v1/components/nearest', { params: { query: around } })),
    ])
    if (found !== place.value) return
    // Without a network the position alone is enough.
    called.value =
      where.status === 'fulfilled' ? [where.value.street_name, where.value.community_name].filter(Boolean).join('') : ''
    components.value = near.status === 'fulfilled' ? near.value.items : []
  }

  return { place, called, components, isSeeking, isHidden, seek }
}
