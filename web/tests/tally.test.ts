import { describe, expect, it } from 'vitest'
import { byStage, byUnit, type Cell } from '../src/board/tally'

const cell = (stage: string, unit: string | null, count: number): Cell => ({
  stage,
  unit,
  unit_name: unit ? `${unit} 局` : '',
  unit_name_en: unit ? `Bureau ${unit}` : '',
  count,
  green: 0,
  yellow: 0,
  red: 0,
  grey: 0,
})
const cells = [
  cell('acceptance', null, 4),
  cell('disposal', 'A', 3),
  cell('disposal', 'B', 5),
  cell('verification', 'A', 2),
]

describe('the counts of the board', () => {
  it('stand by stage, the largest first', () => {
    expect(byStage(cells, undefined).map(({ key, count }) => [key, count])).toEqual([
      ['disposal', 8],
      ['acceptance', 4],
      ['verification', 2],
    ])
  })

  it('stand by unit with its name; those without one together', () => {
    expect(byUnit(cells, undefined).map(({ name, count }) => [name, count])).toEqual([
      ['A 局', 5],
      ['B 局', 5],
      ['', 4],
    ])
  })

  it('answer the filter of the other side', () => {
    expect(byStage(cells, 'A').map(({ key }) => key)).toEqual(['disposal', 'verification'])
    expect(byUnit(cells, 'disposal').map(({ key, count }) => [key, count])).toEqual([
      ['B', 5],
      ['A', 3],
    ])
  })
})
