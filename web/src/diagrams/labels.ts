/** Where labels of a diagram stand. Pure. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}
export type Point = Pick<Box, 'x' | 'y'>

/** Of a label's type: a wide letter, a line, and what is left free around. */
const LETTER = 7
const LINE = 14
const FREE = 6
/** Letters of a line, unless a word is longer. */
const MOST_LETTERS = 13

/** A label with other words: no word of it is broken, and it grows away from what it names. */
export function relabelled(text: string, before: Box, named: Point): Box {
  const lines = linesOf(text)
  const width = LETTER * Math.max(...lines.map(({ length }) => length)) + FREE
  const height = LINE * lines.length
  const x = grown(before.x, before.width, named.x, width)
  return { x, y: grown(before.y, before.height, named.y, height), width, height }
}

export const middleOf = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })

/** The point of a line that is next to another one. */
export function nearest(line: readonly Point[], to: Point): Point | undefined {
  const points = line.slice(1).map((end, place) => onto(line[place]!, end, to))
  const distance = ({ x, y }: Point) => Math.hypot(x - to.x, y - to.y)
  return points.sort((one, other) => distance(one) - distance(other))[0]
}

function linesOf(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`
    if (!lines.length || longer.length > MOST_LETTERS) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines
}

/** Along one direction: what stands before or behind keeps the end that is next to it, else the middle stays. */
function grown(from: number, length: number, named: number, wanted: number): number {
  if (from + length <= named) return from + length - wanted
  return from >= named ? from : from + (length - wanted) / 2
}

function onto(from: Point, end: Point, to: Point): Point {
  const [dx, dy] = [end.x - from.x, end.y - from.y]
  const along = ((to.x - from.x) * dx + (to.y - from.y) * dy) / (dx * dx + dy * dy || 1)
  const part = Math.min(1, Math.max(0, along))
  return { x: from.x + part * dx, y: from.y + part * dy }
}
