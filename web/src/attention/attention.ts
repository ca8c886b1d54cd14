import { shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed } from '../api/keys'

export type Notice = Schemas['Notice']
export type SavedFilter = Schemas['SavedFilter']
export type WatchedCase = Schemas['WatchedCase']

/** What is new in watched cases, the cases themselves, and the kept filters: one set for all parts of the page. */
export const notices = shallowRef<Notice[]>([])
export const watched = shallowRef<WatchedCase[]>([])
export const filters = shallowRef<SavedFilter[]>([])

/** Read it all anew; what does not come stays as it was. */
export async function reloadAttention(): Promise<void> {
  const [news, cases, kept] = await Promise.allSettled([
    answer(api.GET('/api/v1/me/notices')),
    answer(api.GET('/api/v1/me/watched')),
    answer(api.GET('/api/v1/me/filters')),
  ])
  if (news.status === 'fulfilled') notices.value = news.value.items
  if (cases.status === 'fulfilled') watched.value = cases.value.items
  if (kept.status === 'fulfilled') filters.value = kept.value.items
}

/** Take everything as seen. */
export async function seeAll(): Promise<void> {
  await answer(api.POST('/api/v1/me/notices/seen', { params: { header: keyed() }, body: {} })).catch(() => undefined)
  await reloadAttention()
}

/** Keep what a list is asked under a name. Throws `Problem`. */
export async function keepFilter(page: string, name: string, query: Record<string, string>): Promise<void> {
  const body = { page, name, query }
  await answer(api.POST('/api/v1/me/filters', { params: { header: keyed() }, body }))
  await reloadAttention()
}

export async function dropFilter(page: string, name: string): Promise<void> {
  const body = { page, name }
  await answer(api.POST('/api/v1/me/filters/remove', { params: { header: keyed() }, body })).catch(() => undefined)
  await reloadAttention()
}
