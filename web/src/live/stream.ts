import { ref } from 'vue'

/** That something was committed in a case. */
export interface CaseEvent {
  case: number
  seq: number
  type: string
  at: string
}

export type Told =
  { kind: 'case'; event: CaseEvent; position: string } | { kind: 'reload' } | { kind: 'state'; isLive: boolean }
type Listener = (told: Told) => void

const CHANNEL = 'guiliu-live'
const LOCK = 'guiliu-live'
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000

/** Whether what is shown follows the server at this moment. */
export const isLive = ref(false)

const listeners = new Set<Listener>()
let channel: BroadcastChannel | null = null
/** Up to where this page has heard, through whatever page. */
let position = ''

/** Be told of what happens until the returned function is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Follow the server, from a position that is older than everything shown. Browsers keep few connections to one server, so
 * one page of a browser holds the stream and tells the others; when it is closed, the next one takes over and goes on
 * after what it heard last.
 */
export function follow(from: string): void {
  position = from
  // Without TLS there are no locks: then each page has a stream of its own.
  if (!navigator.locks) return void new Stream()
  channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }) => hear(data as Told)
  void navigator.locks.request(LOCK, () => {
    const stream = new Stream()
    channel!.onmessage = ({ data }) => (data === 'who' ? stream.tellState() : hear(data as Told))
    return new Promise<never>(() => undefined)
  })
  channel.postMessage('who')
}

function hear(told: Told): void {
  if (told.kind === 'state') isLive.value = told.isLive
  if (told.kind === 'case') position = told.position
  for (const listener of listeners) listener(told)
}

function tell(told: Told): void {
  hear(told)
  channel?.postMessage(told)
}

/** An event stream that comes back by itself, where it was; EventSource gives up for good after a refusal. */
class Stream {
  private pause = FIRST_PAUSE

  constructor() {
    this.open()
  }

  tellState(): void {
    tell({ kind: 'state', isLive: isLive.value })
  }

  private open(): void {
    const source = new EventSource(`/api/v1/events?after=${position}`)
    source.onopen = () => this.opened()
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) =>
      tell({ kind: 'case', event: JSON.parse(data) as CaseEvent, position: lastEventId })
    // What happened meanwhile is too much, or from before a restore.
    source.addEventListener('reload', () => tell({ kind: 'reload' }))
    source.onerror = () => this.lost(source)
  }

  private opened(): void {
    tell({ kind: 'state', isLive: true })
    this.pause = FIRST_PAUSE
  }

  private lost(source: EventSource): void {
    tell({ kind: 'state', isLive: false })
    if (source.readyState !== EventSource.CLOSED) return
    setTimeout(() => this.open(), this.pause)
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE)
  }
}
