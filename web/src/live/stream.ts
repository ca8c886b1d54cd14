import { ref } from 'vue'

/** That something was committed in a case. */
export interface CaseEvent {
  case: number
  seq: number
  type: string
  at: string
}

export type Told = { kind: 'case'; event: CaseEvent } | { kind: 'reload' } | { kind: 'state'; isLive: boolean }
type Listener = (told: Told) => void

const CHANNEL = 'guiliu-live'
const LOCK = 'guiliu-live'
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000

/** Whether what is shown follows the server at this moment. */
export const isLive = ref(false)

const listeners = new Set<Listener>()
let channel: BroadcastChannel | null = null

/** Be told of what happens until the returned function is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Follow the server. Browsers keep few connections to one server, so one page of a browser holds the stream and tells
 * the others; when it is closed, the next one takes over.
 */
export function follow(): void {
  channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }) => hear(data as Told)
  // Without TLS there are no locks: then each page has a stream of its own.
  if (!navigator.locks) return void new Stream()
  void navigator.locks.request(LOCK, () => {
    // A page that followed through another one has missed what happened since that was closed.
    const stream = new Stream(isLive.value)
    channel!.onmessage = ({ data }) => (data === 'who' ? stream.tellState() : hear(data as Told))
    return new Promise<never>(() => undefined)
  })
  channel.postMessage('who')
}

function hear(told: Told): void {
  if (told.kind === 'state') isLive.value = told.isLive
  for (const listener of listeners) listener(told)
}

function tell(told: Told): void {
  hear(told)
  channel?.postMessage(told)
}

/** An event stream that comes back by itself; EventSource gives up for good after a refusal. */
class Stream {
  private pause = FIRST_PAUSE
  private wasLost = false
  private source: EventSource | null = null

  constructor(private isBehind = false) {
    this.open()
  }

  tellState(): void {
    tell({ kind: 'state', isLive: isLive.value })
  }

  private open(): void {
    const source = new EventSource('/api/v1/events')
    this.source = source
    source.onopen = () => this.opened()
    source.onmessage = ({ data }) => tell({ kind: 'case', event: JSON.parse(data) as CaseEvent })
    source.addEventListener('reload', () => tell({ kind: 'reload' }))
    source.onerror = () => this.lost()
  }

  private opened(): void {
    tell({ kind: 'state', isLive: true })
    // A new stream knows nothing of what happened in between.
    if (this.isBehind || (this.wasLost && this.pause > FIRST_PAUSE)) tell({ kind: 'reload' })
    this.pause = FIRST_PAUSE
    this.wasLost = this.isBehind = false
  }

  private lost(): void {
    this.wasLost = true
    tell({ kind: 'state', isLive: false })
    if (this.source?.readyState !== EventSource.CLOSED) return
    setTimeout(() => this.open(), this.pause)
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE)
  }
}
