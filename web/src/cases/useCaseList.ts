import type { Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { usePagedList } from '../lists/usePagedList'

export type Case = Schemas['CaseList']['items'][number]

/** What is asked of the list of cases; each stands in the address of the page. */
export interface CasesWanted {
  text?: string
  stage?: string
  unit?: string
  category?: string
  open?: boolean
  lamp?: 'red' | 'yellow' | 'green' | 'grey'
}

/** Cases that match, the newest first. */
export function useCaseList(wanted: Ref<CasesWanted>) {
  const { items: cases, ...list } = usePagedList<Case>(
    () => wanted.value,
    (page) => answer(api.GET('/api/v1/cases', { params: { query: { ...wanted.value, ...page } } })),
  )
  return { ...list, cases }
}
