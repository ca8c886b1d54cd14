import { describe, expect, it } from 'vitest'
import { matching, withRecent, type Subcategory } from '../src/catalogue/choosing'
import { isOn } from '../src/field/duty'
import { outlined } from '../src/field/outline'
import { distance, far, nearestFirst } from '../src/field/places'

const HERE = { lon: 122.07, lat: 46.08 }

describe('positions', () => {
  it('lie apart in metres', () => {
    expect(distance(HERE, { lon: 122.07, lat: 46.081 })).toBeCloseTo(111.2, 0)
    expect(distance(HERE, { lon: 122.071, lat: 46.08 })).toBeCloseTo(77.1, 0)
  })

  it.each([
    [3, '10 m'],
    [84, '80 m'],
    [1240, '1.2 km'],
  ])('%d metres are said as %s', (metres, said) => expect(far(metres)).toBe(said))

  it('come in order of nearness, and as they are where nobody knows', () => {
    const [near, farther] = [
      { lon: 122.0701, lat: 46.08, name: 'near' },
      { lon: 122.09, lat: 46.08, name: 'farther' },
    ]
    expect(nearestFirst([farther, near], HERE)).toEqual([near, farther])
    expect(nearestFirst([farther, near], null)).toEqual([farther, near])
  })
})

describe('grids as a drawing', () => {
  const square = (west: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, 46.08],
        [west + 0.01, 46.08],
        [west + 0.01, 46.09],
        [west, 46.08],
      ],
    ],
  })

  it('has north up, one scale, and the place in it', () => {
    const { outlines, place } = outlined(
      [
        { code: 'a', geometry: square(122.07) },
        { code: 'b', geometry: square(122.08) },
      ],
      { lon: 122.07, lat: 46.09 },
    )
    expect(outlines.map(({ code }) => code)).toEqual(['a', 'b'])
    expect(outlines[0]!.path).toMatch(/^M0 .*Z$/)
    expect(place).toEqual({ x: 0, y: 0 })
  })

  it('is empty where there is nothing', () =>
    expect(outlined([], HERE)).toEqual({ outlines: [], place: null, size: { x: 0, y: 0 } }))
})

describe('finding a kind', () => {
  const kind = (key: string, name: string, aliases: string[] = []) =>
    ({ key, name, name_en: key, aliases }) as Subcategory
  const kinds = [kind('a', '污水井盖'), kind('b', '井盖'), kind('c', '路灯', ['井下灯'])]

  it('takes what begins with the letters first, and other names too', () => {
    expect(matching('井', kinds).map(({ key }) => key)).toEqual(['b', 'c', 'a'])
    expect(matching('  ', kinds)).toEqual([])
  })

  it('offers the last three', () => expect(withRecent('b', ['a', 'b', 'c', 'd'])).toEqual(['b', 'a', 'c']))
})

describe('a shift', () => {
  const shift = (start: string, end: string) => ({ name: '', start, end, inspectors: [], weekdays: [1, 2, 3, 4, 5] })
  // A Wednesday, and the Saturday after.
  const [wednesday, saturday] = [new Date(2026, 2, 4, 8, 0), new Date(2026, 2, 7, 2, 0)]

  it('is on between its hours on its days', () => {
    expect(isOn(shift('07:30:00', '14:30:00'), wednesday)).toBe(true)
    expect(isOn(shift('14:30:00', '21:30:00'), wednesday)).toBe(false)
    expect(isOn(shift('01:00:00', '14:30:00'), saturday)).toBe(false)
  })

  it('may go over midnight into a day off', () => {
    expect(isOn(shift('22:00:00', '06:00:00'), saturday)).toBe(true)
  })
})
