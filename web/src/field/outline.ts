import type { Spot } from '../map/spot'

/** Grids as paths of a drawing. Pure. */

export interface Geometry {
  type: string
  coordinates: unknown
}

export interface Outline {
  code: string
  path: string
}

interface Drawn {
  x: number
  y: number
}

type Ring = [number, number][]

const SIZE = 320

/** Each boundary as a path, north up, all to one scale, 320 along the longer side; `at` as a place in the drawing. */
export function outlined(
  grids: readonly { code: string; geometry: Geometry }[],
  at: Spot | null,
): { outlines: Outline[]; place: Drawn | null; size: Drawn } {
  const shapes = grids.map(({ code, geometry }) => ({ code, rings: ringsOf(geometry) }))
  const points = shapes.flatMap(({ rings }) => rings.flat())
  if (!points.length) return { outlines: [], place: null, size: { x: 0, y: 0 } }
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)]
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = SIZE / Math.max((east - west) * narrow, north - south)
  const x = (lon: number) => rounded((lon - west) * narrow * scale)
  const y = (lat: number) => rounded((north - lat) * scale)
  const outlines = shapes.map(({ code, rings }) => ({
    code,
    path: rings.map((ring) => `M${ring.map(([lon, lat]) => `${x(lon)} ${y(lat)}`).join('L')}Z`).join(''),
  }))
  return { outlines, place: at && { x: x(at.lon), y: y(at.lat) }, size: { x: x(east), y: y(south) } }
}

function ringsOf({ type, coordinates }: Geometry): Ring[] {
  return type === 'Polygon' ? (coordinates as Ring[]) : (coordinates as Ring[][]).flat()
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
