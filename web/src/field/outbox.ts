import { shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed, newKey } from '../api/keys'
import { finish, type Usage } from '../photos/upload'
import { asProblem, Problem, UNREACHED } from '../problems/problem'
import { session } from '../session/session'
import { arrived, packed, type Packed } from './ahead'
import { all, put, remove } from './store'

/** A photo on the device; once it was uploaded, the media that it became. */
interface Photo extends Packed {
  media?: number
}

interface Waiting {
  id: string
  /** Who wrote it: nobody else sends it. */
  by: string
  title: string
  at: string
  photos: Photo[]
  /** Why the server did not take it; it is sent again only when somebody says so. */
  refused?: { zh: string; en: string }
}

export interface WaitingReport extends Waiting {
  kind: 'report'
  body: Omit<Schemas['Report'], 'media'>
}

export interface WaitingCompletion extends Waiting {
  kind: 'completion'
  task: string
  /** Whether somebody has to take it first: whoever finished it had not claimed it. */
  isFree: boolean
  data: Record<string, unknown>
  /** The field of the form that the photos belong to. */
  photoField?: string
}

export type OutboxEntry = WaitingReport | WaitingCompletion

type Made<Entry extends Waiting> = Omit<Entry, 'id' | 'by' | 'at' | 'photos'>
/** What somebody made, with the photos as they were taken; the rest is added when it is put in. */
export type Draft = (Made<WaitingReport> | Made<WaitingCompletion>) & { photos: { file: File; usage: Usage }[] }

/** What waits to be sent, the oldest first. */
export const outbox = shallowRef<OutboxEntry[]>([])
export const isOnline = shallowRef(navigator.onLine)

export type Sent = { entry: OutboxEntry; answer: unknown }
let running: Promise<Sent[]> | null = null

/** Show what waits for the person who is signed in. */
export async function recall(): Promise<void> {
  const found = await all<OutboxEntry>('outbox')
  outbox.value = found
    .filter((entry) => entry.by === session.user?.id)
    .sort((one, other) => one.at.localeCompare(other.at))
}

/** Put something in, safely on the device before anything is sent; its id is the idempotency key it is sent with. */
export async function putIn(draft: Draft): Promise<OutboxEntry> {
  const photos = await Promise.all(draft.photos.map(({ file, usage }) => packed(file, usage)))
  const entry = { ...draft, photos, id: newKey(), by: session.user!.id, at: new Date().toISOString() } as OutboxEntry
  await put(entry)
  await recall()
  return entry
}

/** Throw away what was not sent. */
export async function discard(entry: OutboxEntry): Promise<void> {
  await remove(entry.id)
  await recall()
}

/** Try again what was refused. */
export async function again(entry: OutboxEntry): Promise<Sent[]> {
  await put({ ...entry, refused: undefined })
  await recall()
  return send()
}

/** Send what waits, one after the other, until there is no network; answers what was taken. */
export function send(): Promise<Sent[]> {
  running ??= sendAll().finally(() => (running = null))
  return running
}

async function sendAll(): Promise<Sent[]> {
  const taken: Sent[] = []
  for (const entry of outbox.value.filter((each) => !each.refused)) {
    try {
      const answered = await sendOne(entry)
      await remove(entry.id)
      taken.push({ entry, answer: answered })
    } catch (thrown) {
      const problem = asProblem(thrown)
      isOnline.value = problem.status !== UNREACHED
      if (!isOnline.value || isPassing(problem)) break
      await put({ ...entry, refused: { zh: problem.zh, en: problem.en } })
    }
    isOnline.value = true
    await recall()
  }
  await recall()
  return taken
}

/** Whether the same will be taken later as it is. */
function isPassing({ status }: Problem): boolean {
  return status === 401 || status === 429 || status >= 500
}

async function sendOne(entry: OutboxEntry): Promise<unknown> {
  const media = await uploaded(entry)
  if (entry.kind === 'report') {
    const body = { ...entry.body, media }
    return answer(api.POST('/api/v1/cases', { params: { header: keyed(entry.id) }, body }))
  }
  const path = { task: entry.task }
  if (entry.isFree) {
    const header = keyed(`${entry.id}-claim`)
    await answer(api.POST('/api/v1/tasks/{task}/claim', { params: { path, header }, body: {} }))
  }
  const photos = media.map((id) => `media:${id}`)
  const data = entry.photoField && photos.length ? { ...entry.data, [entry.photoField]: photos } : entry.data
  const params = { path, header: keyed(entry.id) }
  return answer(api.POST('/api/v1/tasks/{task}/complete', { params, body: { data, comment: '' } }))
}

/** The media of the photos. Each is noted at once: the same request has to be sent again to the letter. */
async function uploaded(entry: OutboxEntry): Promise<number[]> {
  for (const photo of entry.photos) {
    if (photo.media !== undefined) continue
    photo.media = (await finish(await arrived(photo))).id
    await put(entry)
  }
  return entry.photos.map(({ media }) => media!)
}
