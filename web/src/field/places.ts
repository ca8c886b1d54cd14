/** Positions on the ground. Pure but for asking the device. */

export interface Position {
  lon: number
  lat: number
}

export interface Found extends Position {
  /** How far it may be off. */
  metres: number
}

const EARTH = 6_371_000
const RADIAN = Math.PI / 180

/** How far two positions lie apart, in metres; near enough within a city. */
export function distance(one: Position, other: Position): number {
  const x = (other.lon - one.lon) * RADIAN * Math.cos(((one.lat + other.lat) / 2) * RADIAN)
  const y = (other.lat - one.lat) * RADIAN
  return EARTH * Math.hypot(x, y)
}

/** 80 m · 1.2 km. */
export function far(metres: number): string {
  if (metres < 1_000) return `${Math.max(10, Math.round(metres / 10) * 10)} m`
  return `${(metres / 1_000).toFixed(1)} km`
}

/** The nearest first; what has no position known stays behind in its order. */
export function nearestFirst<Item extends Position>(items: readonly Item[], from: Position | null): Item[] {
  if (!from) return [...items]
  return [...items].sort((one, other) => distance(from, one) - distance(from, other))
}

const PATIENCE = 10_000

/** Where the device is. Rejects when it does not tell. */
export function here(): Promise<Found> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('no geolocation'))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, metres: Math.round(coords.accuracy) }),
      reject,
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 5_000 },
    )
  })
}
