import Supercluster from 'supercluster'

/** Cases as dots, gathered where they would cover each other. Pure. */

export interface Dot {
  case: number
  lon: number
  lat: number
  lamp: string | null
}

export interface Gathered {
  lon: number
  lat: number
  count: number
  red: number
  yellow: number
  /** The case, of a dot that stands alone. */
  case?: number
  /** From which zoom on it falls apart, of those that do not. */
  opensAt?: number
}

interface Lit {
  red: number
  yellow: number
  case?: number
}

const RADIUS = 48
const FARTHEST_IN = 17

/** Gathers dots for any part of the map. */
export function gatherer(dots: readonly Dot[]): (bounds: [number, number, number, number], zoom: number) => Gathered[] {
  const index = new Supercluster<Lit, Lit>({
    radius: RADIUS,
    maxZoom: FARTHEST_IN,
    map: ({ red, yellow }) => ({ red, yellow }),
    reduce: (sum, one) => {
      sum.red += one.red
      sum.yellow += one.yellow
    },
  })
  index.load(
    dots.map(({ lon, lat, lamp, case: id }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { case: id, red: Number(lamp === 'red'), yellow: Number(lamp === 'yellow') },
    })),
  )
  return (bounds, zoom) =>
    index.getClusters(bounds, Math.round(zoom)).map(({ geometry, properties }) => {
      const [lon, lat] = geometry.coordinates as [number, number]
      const { red, yellow, case: one } = properties
      if (!('cluster' in properties)) return { lon, lat, red, yellow, count: 1, case: one }
      const opensAt = index.getClusterExpansionZoom(properties.cluster_id)
      return { lon, lat, red, yellow, count: properties.point_count, opensAt }
    })
}

/** The colour that a gathering is drawn in: the worst of what is in it. */
export function worst({ red, yellow }: { red: number; yellow: number }): 'red' | 'yellow' | 'green' {
  return red ? 'red' : yellow ? 'yellow' : 'green'
}
