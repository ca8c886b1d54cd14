import type { Schemas } from '../api/client'

/** What happened in a case, as its events tell it. Pure. */
export type Entry = Omit<Schemas['HistoryEntry'], More> & Partial<Pick<Schemas['HistoryEntry'], More>>
type More = 'answers' | 'name_en'

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
  /** Those of the words that are names, in English. */
  english: Record<string, string>
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
    entries.filter(({ type }) => type === 'TaskOpened').map((entry) => [entry.payload.task, nameIn(entry)]),
  )
  const called = new Map(
    entries
      .filter(({ type, payload }) => type === 'InstanceStarted' && payload.caller !== null)
      .map(({ payload }) => [payload.instance, word(payload, 'caller_element')]),
  )
  const timers = new Map(
    entries.filter(({ type }) => type === 'TimerArmed').map((entry) => [entry.payload.timer, nameIn(entry)]),
  )
  return entries.map((entry) => lineOf(endOfCall(entry, called), names, timers))
}

/** A called diagram that ends is no end of the case. */
function endOfCall(entry: Entry, called: Map<unknown, string>): Entry {
  const element = ENDS.has(entry.type) ? called.get(entry.payload.instance) : undefined
  return element === undefined ? entry : { ...entry, type: 'CallEnded', payload: { ...entry.payload, element } }
}

/** A name in the language of the city and in English; both empty without one. */
interface Name {
  zh: string
  en: string
}
type Names = ReadonlyMap<unknown, Name>

function nameIn({ payload, name_en }: Entry): Name {
  const name = word(payload, 'name')
  return { zh: name, en: name_en || name }
}

function lineOf(entry: Entry, names: Names, timers: Names): Line {
  const { seq, at, actor_name: by, type, payload, answers = [] } = entry
  const kind = KINDS[type]
  const text = kind ? `story.${type}` : 'story.other'
  const itself = { zh: word(payload, 'element'), en: word(payload, 'element') }
  const task = names.get(payload.task) ?? itself
  const name = [nameIn(entry), timers.get(payload.timer)].find((each) => each?.zh) ?? itself
  const words = { type, task: task.zh, name: name.zh, ...told(payload) }
  const english = { task: task.en, name: name.en }
  return { seq, at, by, kind: kind ?? 'detail', text, words, english, answers, ...given(type, payload) }
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
