import { shallowRef, type ShallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'

export type GridOutline = Schemas['GridOutline']

const outlines = shallowRef<GridOutline[]>([])
let asked: Promise<void> | undefined

/** The unit grids of the city, read once for all maps of the page. */
export function useOutlines(): ShallowRef<GridOutline[]> {
  asked ??= answer(api.GET('/api/v1/grids/outlines')).then(
    ({ items }) => void (outlines.value = items as GridOutline[]),
    // A map without boundaries still shows where things are; the next one asks again.
    () => void (asked = undefined),
  )
  return outlines
}
