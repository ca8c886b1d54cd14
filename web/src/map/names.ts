import type { GridOutline } from './useOutlines'
import type { Spot } from './spot'

/** A name on the map and where it stands. */
export interface Named extends Spot {
  name: string
}

/** From this zoom on communities have room for their names, before it only streets. */
const NEAR = 15
/** Digits of a grid's code that say its street and its community. */
const STREET = 9
const COMMUNITY = 12

/** So near in pixels, across and down, a mark or another name would lie on a name. */
const APART = { across: 46, down: 24 }
const WORLD = 256

/**
 * What is written on the map at a zoom: each street, nearer by each community, in the middle of its grids, or in that of
 * the next one where nothing lies on it. Pure.
 */
export function namesAt(outlines: readonly GridOutline[], zoom: number, marks: readonly Spot[] = []): Named[] {
  const isNear = zoom >= NEAR
  const divisions = new Map<string, GridOutline[]>()
  for (const each of outlines) {
    const division = each.code.slice(0, isNear ? COMMUNITY : STREET)
    divisions.set(division, [...(divisions.get(division) ?? []), each])
  }
  const written: Named[] = []
  for (const grids of divisions.values()) {
    const name = isNear ? grids[0]!.community_name : grids[0]!.street_name
    written.push({ name, ...readable(grids, zoom, [...marks, ...written]) })
  }
  return written
}

function readable(grids: readonly GridOutline[], zoom: number, marks: readonly Spot[]): Spot {
  const whole = middle(grids.flatMap(({ rings }) => rings.flat()))
  const away = (spot: Spot) => Math.hypot(spot.lon - whole.lon, spot.lat - whole.lat)
  const others = grids.map(({ rings }) => middle(rings.flat())).sort((one, other) => away(one) - away(other))
  return [whole, ...others].find((spot) => !marks.some((mark) => covers(mark, spot, zoom))) ?? whole
}

function covers(mark: Spot, name: Spot, zoom: number): boolean {
  const pixel = 360 / (WORLD * 2 ** zoom)
  const across = Math.abs(mark.lon - name.lon) / pixel
  const down = Math.abs(mark.lat - name.lat) / (pixel * Math.cos((name.lat * Math.PI) / 180))
  return across < APART.across && down < APART.down
}

function middle(corners: readonly number[][]): Spot {
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis]!, 0) / corners.length
  return { lon: mean(0), lat: mean(1) }
}
