import { middleOf, nearest, relabelled, type Box } from './labels'

/** How a diagram says what its elements are called in English. Pure but for the browser's reader of XML. */

const ZEEBE = 'http://camunda.org/schema/zeebe/1.0'

/** The property that says it; `docs/reference/bpmn.md` tells designers of it. */
export const NAME_EN = 'nameEn'

/** A diagram as pages in English show it: what has an English name bears it, everything else stays as it is. */
export function inEnglish(source: string): string {
  const read = new DOMParser().parseFromString(source, 'application/xml')
  const drawings = [...read.querySelectorAll('[bpmnElement]')]
  const drawn = new Map(drawings.map((drawing) => [drawing.getAttribute('bpmnElement'), drawing]))
  for (const element of read.querySelectorAll('[name]')) {
    const name = englishNameOf(element)
    if (!name) continue
    element.setAttribute('name', name)
    const drawing = drawn.get(element.id)
    if (drawing) relabel(drawing, name)
  }
  return new XMLSerializer().serializeToString(read)
}

/** What an element of a diagram says that it is called in English. */
export function englishNameOf(element: Element): string {
  const declared = inside(element, 'extensionElements')
    .flatMap((extensions) => [...extensions.getElementsByTagNameNS(ZEEBE, 'property')])
    .find((property) => property.getAttribute('name') === NAME_EN)
  return declared?.getAttribute('value')?.trim() ?? ''
}

/** Make room for other words beside what they name. */
function relabel(drawing: Element, name: string): void {
  const bounds = inside(drawing, 'BPMNLabel').flatMap((label) => inside(label, 'Bounds'))[0]
  if (!bounds) return
  const before = boxOf(bounds)
  const [shape] = inside(drawing, 'Bounds')
  const named = shape ? middleOf(boxOf(shape)) : nearest(inside(drawing, 'waypoint').map(boxOf), middleOf(before))
  if (!named) return
  for (const [side, length] of Object.entries(relabelled(name, before, named)))
    bounds.setAttribute(side, String(length))
}

function inside(element: Element, name: string): Element[] {
  return [...element.children].filter(({ localName }) => localName === name)
}

function boxOf(element: Element): Box {
  const number = (side: string) => Number(element.getAttribute(side))
  return { x: number('x'), y: number('y'), width: number('width'), height: number('height') }
}
