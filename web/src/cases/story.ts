import type { Schemas } from '../api/client'

/** What happened in a case, as its events tell it. Pure. */
export type Entry = Omit<Schemas['HistoryEntry'], 'answers'> & Partial<Pick<Schemas['HistoryEntry'], 'answers'>>

type Payload = Record<string, unknown>

export type Kind = 'step' | 'time' | 'fault' | 'detail'

/** A line of the story: which text says it, and with what words. */
export interface Line {
  seq: number
  at: string
  by: string
  kind: Kind
  /** Key of the text. */
  text: string
  words: Record<string, string>
  /** What somebody wrote or chose, as it was sent. */
  data: Record<string, unknown>
  /** The same in the words of the form. */
  answers: NonNullable<Entry['answers']>
  comment: string
}

const KINDS: Record<string, Kind> = {
  CaseReported: 'step',
  StageEntered: 'step',
  TaskOpened: 'detail',
  TaskCompleted: 'step',
  TaskWithdrawn: 'detail',
  TimerArmed: 'time',
  TimerFired: 'time',
  TimerCancelled: 'detail',
  InstanceCompleted: 'step',
  InstanceCancelled: 'step',
  CallEnded: 'detail',
  TaskCommented: 'step',
  ProcedureStarted: 'step',
  DeadlineExtended: 'time',
  DeadlinePaused: 'time',
  DeadlineResumed: 'time',
  FaultRaised: 'fault',
  FaultCleared: 'fault',
}

const ENDS = new Set(['InstanceCompleted', 'InstanceCancelled'])

/** The story in order; tasks and timers are called what they were called when they began. */
export function storyOf(entries: readonly Entry[]): Line[] {
  const names = new Map(
    entries.filter(({ type }) => type === 'TaskOpened').map(({ payload }) => [payload.task, String(payload.name)]),
  )
  const called = new Map(
    entries
      .filter(({ type, payload }) => type === 'InstanceStarted' && payload.caller !== null)
      .map(({ payload }) => [payload.instance, word(payload, 'caller_element')]),
  )
  const timers = new Map(
    entries.filter(({ type }) => type === 'TimerArmed').map(({ payload }) => [payload.timer, word(payload, 'name')]),
  )
  return entries.map((entry) => lineOf(endOfCall(entry, called), names, timers))
}

/** A called diagram that ends is no end of the case. */
function endOfCall(entry: Entry, called: Map<unknown, string>): Entry {
  const element = ENDS.has(entry.type) ? called.get(entry.payload.instance) : undefined
  return element === undefined ? entry : { ...entry, type: 'CallEnded', payload: { ...entry.payload, element } }
}

type Names = ReadonlyMap<unknown, string>

function lineOf(entry: Entry, names: Names, timers: Names): Line {
  const { seq, at, actor_name: by, type, payload, answers = [] } = entry
  const kind = KINDS[type]
  const text = kind ? `story.${type}` : 'story.other'
  const task = names.get(payload.task) ?? word(payload, 'element')
  const name = word(payload, 'name') || timers.get(payload.timer) || word(payload, 'element')
  const words = { type, task, name, ...told(payload) }
  return { seq, at, by, kind: kind ?? 'detail', text, words, answers, ...given(type, payload) }
}

function told(payload: Payload): Record<string, string> {
  const members = ['stage', 'number', 'message_zh', 'message_en', 'verb']
  return Object.fromEntries(members.map((member) => [member, word(payload, member)]))
}

function given(type: string, payload: Payload): Pick<Line, 'data' | 'comment'> {
  if (type === 'TaskCommented') return { data: {}, comment: word(payload, 'text') }
  if (type !== 'TaskCompleted' && type !== 'ProcedureStarted') return { data: {}, comment: '' }
  return { data: (payload.data ?? {}) as Record<string, unknown>, comment: word(payload, 'comment') }
}

function word(payload: Payload, member: string): string {
  return String(payload[member] ?? '')
}

/** The references of photos among what was sent. */
export function photosIn(data: Record<string, unknown>): string[] {
  return Object.values(data)
    .flat()
    .filter((value): value is string => typeof value === 'string' && /^media:\d+$/.test(value))
}
