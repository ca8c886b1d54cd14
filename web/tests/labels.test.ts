import { describe, expect, it } from 'vitest'
import { nearest, relabelled } from '../src/diagrams/labels'

/** The middle of an event. */
const event = { x: 118, y: 118 }

describe('a label with other words', () => {
  it('breaks no word', () => {
    const before = { x: 106, y: 142, width: 24, height: 14 }
    expect(relabelled('Acknowledged', before, event)).toMatchObject({ width: 90, height: 14 })
    expect(relabelled('To be disposed of', before, event)).toMatchObject({ width: 83, height: 28 })
    expect(relabelled('No', before, event)).toMatchObject({ width: 20, height: 14 })
  })

  it('grows down below what it names and up above it, to both sides alike', () => {
    const below = relabelled('On-site verification', { x: 106, y: 142, width: 24, height: 14 }, event)
    expect(below).toEqual({ x: 73, y: 142, width: 90, height: 28 })
    const above = relabelled('On-site verification', { x: 106, y: 80, width: 24, height: 14 }, event)
    expect(above).toEqual({ x: 73, y: 66, width: 90, height: 28 })
  })

  it('grows away from what it stands beside', () => {
    expect(relabelled('Voided', { x: 140, y: 110, width: 22, height: 16 }, event)).toMatchObject({ x: 140, y: 111 })
    expect(relabelled('Voided', { x: 74, y: 110, width: 22, height: 16 }, event)).toMatchObject({ x: 48, y: 111 })
  })
})

describe('the point of a line next to a label', () => {
  const bent = [
    { x: 0, y: 0 },
    { x: 0, y: 100 },
    { x: 200, y: 100 },
  ]

  it('lies on the part that is nearest', () => {
    expect(nearest(bent, { x: 10, y: 47 })).toEqual({ x: 0, y: 47 })
    expect(nearest(bent, { x: 126, y: 91 })).toEqual({ x: 126, y: 100 })
    expect(nearest(bent, { x: 250, y: 120 })).toEqual({ x: 200, y: 100 })
    expect(nearest([], event)).toBeUndefined()
  })
})
