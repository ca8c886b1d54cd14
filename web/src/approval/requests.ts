import { computed, shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed } from '../api/keys'
import { may, session } from '../session/session'

/** Drafts that somebody asked another person to publish: one set for all parts of the page. */
export type PublicationRequest = Schemas['ShownRequest']
export type Approver = Schemas['Approver']
/** Where a request stands for whoever looks at it. */
export type Standing = 'awaited' | 'asked' | 'outdated' | 'approved' | 'refused'

/** How a standing is marked, beside its words. */
export const SIGNS: Record<Standing, string> = { awaited: '◐', asked: '◐', outdated: '○', approved: '●', refused: '▲' }

export const requests = shallowRef<PublicationRequest[]>([])
export const approvers = shallowRef<Approver[]>([])
const fourEyes = shallowRef(false)

export function standingOf({ state, is_own, is_outdated }: PublicationRequest): Standing {
  if (state !== 'waiting') return state as Standing
  if (!is_own) return 'awaited'
  return is_outdated ? 'outdated' : 'asked'
}

/** Those that somebody has to look at; what one asked oneself waits for others. */
export const pressing = computed(() => requests.value.filter((each) => standingOf(each) !== 'asked'))

/** What concerns a definition; the kind is the plural of the pages or the singular of the server. */
export function requestFor(kind: string, key: string): PublicationRequest | undefined {
  return requests.value.find((each) => kind.startsWith(each.kind) && each.key === key)
}

/** Whether a draft needs another person than the signed-in one to be published. */
export function needsAnother(editor: string | null): boolean {
  return !may('process.publish') || (fourEyes.value && editor === session.user?.id)
}

/** Whoever may publish what somebody edited last, by name. */
export function namesWithout(editor: string | null): string {
  const others = approvers.value.filter(({ id }) => !(fourEyes.value && id === editor))
  return others.map(({ name }) => name).join('、')
}

/** Read it all anew; what does not come stays as it was. */
export async function reloadRequests(): Promise<void> {
  if (!may('process.edit') && !may('process.publish')) return
  const found = await answer(api.GET('/api/v1/publication-requests')).catch(() => null)
  if (!found) return
  requests.value = found.items
  approvers.value = found.approvers
  fourEyes.value = found.four_eyes
}

const about = ({ kind, key }: { kind: string; key: string }) => ({ kind: kind as 'process', key })

/** Ask for a draft as it was seen. Throws `Problem`. */
export async function askFor(kind: string, key: string, seen: number, note: string, attempt: string): Promise<void> {
  const body = { ...about({ kind, key }), draft_version: seen, note }
  await answer(api.POST('/api/v1/publication-requests', { params: { header: keyed(attempt) }, body }))
}

/** Say no. Throws `Problem`. */
export async function refuse(request: PublicationRequest, reason: string, attempt: string): Promise<void> {
  const body = { ...about(request), draft_version: request.draft_version, reason }
  await answer(api.POST('/api/v1/publication-requests/refuse', { params: { header: keyed(attempt) }, body }))
}

/** Take one's own from the list. Throws `Problem`. */
export async function withdraw(request: PublicationRequest, attempt: string): Promise<void> {
  const params = { header: keyed(attempt) }
  await answer(api.POST('/api/v1/publication-requests/withdraw', { params, body: about(request) }))
}
