import { describe, expect, it } from 'vitest'
import { gathered } from '../src/batches/useBatch'
import { personName } from '../src/cases/people'
import { objectIn } from '../src/operations/decisions'

const t = (key: string, named: Record<string, unknown> = {}) => [key, ...Object.values(named)].join(' ')

describe('whoever did something', () => {
  it.each([
    ['高平', '高平'],
    ['system:deadline', 'actors.deadline'],
    ['system:command-line', 'actors.command-line'],
    ['source:sewers', 'actors.source sewers'],
    ['system:unheard-of', 'system:unheard-of'],
  ])('%s is read as %s', (name, read) => expect(personName(name, t)).toBe(read))
})

describe('what an operator types', () => {
  it.each([
    ['{"depth": 2}', { depth: 2 }],
    ['[1]', null],
    ['null', null],
    ['{"depth": ', null],
  ])('%s is an object or nothing', (text, read) => expect(objectIn(text)).toEqual(read))
})

it('a reason that several items share is said once', () => {
  const [one, other] = [
    { message_zh: '甲', message_en: 'a' },
    { message_zh: '乙', message_en: 'b' },
  ]
  expect(gathered([one, other, other]).map(({ zh, count }) => [zh, count])).toEqual([
    ['乙', 2],
    ['甲', 1],
  ])
})
