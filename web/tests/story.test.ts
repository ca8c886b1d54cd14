import { describe, expect, it } from 'vitest'
import { marks } from '../src/cases/marks'
import { photosIn, storyOf, type Entry } from '../src/cases/story'

const entry = (seq: number, type: string, payload: Record<string, unknown>, name_en = ''): Entry => ({
  seq,
  at: '2026-03-04T15:20:00+08:00',
  actor: 'user:7',
  actor_name: '达来',
  type,
  payload,
  name_en,
})

describe('the story of a case', () => {
  const story = storyOf([
    entry(1, 'CaseReported', { number: '15220120260304000001' }),
    entry(2, 'TaskOpened', { task: 4, name: '受理', element: 'accept' }, 'Acceptance'),
    entry(3, 'TaskCompleted', { task: 4, element: 'accept', data: { decision: 'accept' }, comment: '属实' }),
    entry(4, 'SomethingNew', { element: 'later' }),
    entry(5, 'TimerArmed', { timer: 2, element: 'overdue', name: '超期' }),
    entry(6, 'TimerFired', { timer: 2, element: 'overdue' }),
  ])

  it('calls a finished task by the name under which it was opened', () => {
    expect(story[2]).toMatchObject({ kind: 'step', text: 'story.TaskCompleted', comment: '属实', by: '达来' })
    expect(story[2]!.words.task).toBe('受理')
  })

  it('calls a timer that has fired by the name under which it was armed', () => {
    expect(story[5]!.words.name).toBe('超期')
  })

  it('has the names in English where the diagram says them', () => {
    expect(story[2]!.english.task).toBe('Acceptance')
    expect(story[5]!.english.name).toBe('超期')
    expect(story[3]!.english).toEqual({ task: 'later', name: 'later' })
  })

  it('tells what it does not know as a detail', () => {
    expect(story[3]).toMatchObject({ kind: 'detail', text: 'story.other' })
  })
})

describe('the photos of an answer', () => {
  it('are the references to media among what was sent', () => {
    expect(photosIn({ decision: 'accept', note: null, photos: ['media:3'], depth: 4 })).toEqual(['media:3'])
  })
})

describe('marks on the diagram', () => {
  it('say of an element what matters most', () => {
    const found = marks({ passed: { a: 1, b: 2 }, waiting: { b: 1 }, faulted: { c: 1 } })
    expect(found).toEqual([
      { element: 'a', mark: 'passed' },
      { element: 'b', mark: 'waiting' },
      { element: 'c', mark: 'faulted' },
    ])
  })
})
