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

/** What is written on the map at a zoom: each street, nearer by each community, in the middle of its grids. Pure. */
export function namesAt(outlines: readonly GridOutline[], zoom: number): Named[] {
  const isNear = zoom >= NEAR
  const divisions = new Map<string, GridOutline[]>()
  for (const each of outlines) {
    const division = each.code.slice(0, isNear ? COMMUNITY : STREET)
    divisions.set(division, [...(divisions.get(division) ?? []), each])
  }
  return [...divisions.values()].map((grids) => ({
    name: isNear ? grids[0]!.community_name : grids[0]!.street_name,
    ...middle(grids.flatMap(({ rings }) => rings.flat())),
  }))
}

function middle(corners: readonly number[][]): Spot {
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis]!, 0) / corners.length
  return { lon: mean(0), lat: mean(1) }
}
