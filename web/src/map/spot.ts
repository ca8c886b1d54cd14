/** A place on the map, in degrees of CGCS2000. */
export interface Spot {
  lon: number
  lat: number
}
