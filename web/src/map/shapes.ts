import type { Gathered } from './clusters'
import { worst } from './clusters'

/** How cases look on the map: the worst lamp of what lies there, by shape and colour, and how many there are. */
const SVG = 'http://www.w3.org/2000/svg'
export const COLOURS = { red: '#b3261e', yellow: '#b26a00', green: '#2e7d32' }
const DARKER = '#7d4a00'
/** In a square of 24. */
const SHAPES = {
  red: [['M12 2.5 22.5 21h-21Z', COLOURS.red]],
  yellow: [
    ['M12 2a10 10 0 0 1 0 20a10 10 0 0 1 0-20Z', COLOURS.yellow],
    ['M12 2a10 10 0 0 1 0 20Z', DARKER],
  ],
  green: [['M12 2a10 10 0 0 1 0 20a10 10 0 0 1 0-20Z', COLOURS.green]],
} as const
const ALONE = 18
const LARGEST = 48

/** The side of the square that a mark is drawn in, in pixels. */
export function sizeOf(each: Gathered): number {
  return each.count === 1 ? ALONE : Math.min(LARGEST, 26 + 5 * Math.log2(each.count))
}

/** The mark itself. */
export function drawn(each: Gathered): SVGSVGElement {
  const lamp = worst(each)
  const svg = made('svg', { viewBox: '0 0 24 24', width: sizeOf(each), height: sizeOf(each), 'aria-hidden': 'true' })
  for (const [d, fill] of SHAPES[lamp]) svg.append(made('path', { d, fill }))
  if (each.count === 1) return svg as SVGSVGElement
  // The middle of a triangle lies lower.
  const number = made('text', { x: 12, y: lamp === 'red' ? 18 : 15.5 })
  number.textContent = String(each.count)
  svg.append(number)
  return svg as SVGSVGElement
}

function made(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}
