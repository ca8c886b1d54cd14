import { describe, expect, it } from 'vitest'
import { columnsOf, exampleOf, textOf, withInput, type Example } from '../src/designer/examples/examples'
import { kindOfFile } from '../src/designer/library'
import { valueOf } from '../src/designer/trial'

const EXAMPLE: Example = { name: '大', decision: 'amount', inputs: { size: 12 }, outputs: 500 }

describe('examples of a decision', () => {
  it.each([12, true, null, 'urgent', '12', 'true', '', [1, 'a'], { a: null }])('types %j as it is read', (value) => {
    expect(valueOf(textOf(value))).toEqual(value)
  })

  it('calls what was tried by what was given, and leaves out what was not', () => {
    expect(exampleOf('amount', { size: 12, kind: null, by: 'clerk' }, 500)).toEqual({
      name: 'size = 12，by = clerk',
      decision: 'amount',
      inputs: { size: 12, by: 'clerk' },
      outputs: 500,
    })
    expect(exampleOf('amount', { size: null }, 500).name).toBe('amount')
  })

  it('has a column for each input, also for one that the model no longer asks for', () => {
    expect(columnsOf(['kind', 'size'], [EXAMPLE, { ...EXAMPLE, inputs: { gone: 1 } }])).toEqual([
      'kind',
      'size',
      'gone',
    ])
  })

  it('takes another value of an input, and leaves one out for which nothing is typed', () => {
    expect(withInput(EXAMPLE, 'kind', 'cover').inputs).toEqual({ size: 12, kind: 'cover' })
    expect(withInput(EXAMPLE, 'size', ' ').inputs).toEqual({})
  })
})

describe('files that are dropped', () => {
  it.each([
    ['a.bpmn', 'processes'],
    ['A.XML', 'processes'],
    ['a.dmn', 'decisions'],
    ['a.json', 'forms'],
    ['a.txt', undefined],
    ['bpmn', undefined],
  ])('%s', (name, kind) => expect(kindOfFile(name)).toBe(kind))
})
