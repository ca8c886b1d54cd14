import { describe, expect, it } from 'vitest'
import { namesAt } from '../src/map/names'
import type { GridOutline } from '../src/map/useOutlines'

const square = (code: string, community_name: string, lon: number): GridOutline => ({
  code,
  community: code.slice(0, 12),
  community_name,
  street_name: '爱国街道',
  rings: [
    [
      [lon, 46],
      [lon + 1, 46],
      [lon + 1, 47],
      [lon, 47],
    ],
  ],
})
const outlines = [square('152201001001001', '普惠社区', 122), square('152201001002001', '万佳社区', 124)]

describe('names on the map', () => {
  it('are those of streets from afar, in the middle of their grids', () => {
    expect(namesAt(outlines, 13)).toEqual([{ name: '爱国街道', lon: 123.5, lat: 46.5 }])
  })

  it('are those of communities from near', () => {
    expect(namesAt(outlines, 16).map(({ name, lon }) => [name, lon])).toEqual([
      ['普惠社区', 122.5],
      ['万佳社区', 124.5],
    ])
  })

  it('stand beside what would lie on them', () => {
    expect(namesAt(outlines, 13, [{ lon: 123.5, lat: 46.5 }])).toEqual([{ name: '爱国街道', lon: 122.5, lat: 46.5 }])
  })

  it('are none where there are no grids', () => {
    expect(namesAt([], 13)).toEqual([])
  })
})
