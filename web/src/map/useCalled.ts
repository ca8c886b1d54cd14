import { ref, watch, type Ref } from 'vue'
import { answer, api } from '../api/client'
import { useLanguage } from '../words/language'
import type { Spot } from './spot'

/** What a place is called: street and community; that it lies outside all of them, when it does. */
export function useCalled(place: () => Spot | null | undefined): Ref<string> {
  const { t } = useLanguage()
  const called = ref('')
  watch(
    place,
    async (spot) => {
      called.value = ''
      if (!spot) return
      const found = await answer(api.GET('/api/v1/grids/at', { params: { query: spot } })).catch(() => null)
      // Whoever has picked another place meanwhile is told of that one.
      if (place() !== spot) return
      called.value = found ? `${found.street_name} · ${found.community_name}` : t('map.outside')
    },
    { immediate: true },
  )
  return called
}
