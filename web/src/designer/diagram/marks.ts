import type { Difference, Finding } from '../definitions'
import type { Parts } from './modeler'

/** What is shown on top of a diagram: colours on elements, and small signs at their corner. */
export interface Mark {
  element: string
  mark: string
}

export interface Sign {
  element: string
  text: string
  mark: string
  title: string
}

const RANK: Record<string, number> = { error: 0, warning: 1, note: 2 }

/** The worst first, then in the order of the file. */
export function ranked(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity }: Finding) => RANK[severity] ?? 2
  return [...findings].sort((one, other) => rank(one) - rank(other) || (one.line ?? 0) - (other.line ?? 0))
}

/** One sign for each element that something is said of: how many things, coloured by the worst. */
export function signsOf(findings: readonly Finding[], said: (finding: Finding) => string): Sign[] {
  const signs = new Map<string, Sign>()
  for (const finding of ranked(findings)) {
    if (!finding.element) continue
    const before = signs.get(finding.element)
    if (before) {
      before.text = String(parseInt(before.text) + 1)
      before.title += `\n${said(finding)}`
    } else {
      signs.set(finding.element, { element: finding.element, text: '1', mark: finding.severity, title: said(finding) })
    }
  }
  return [...signs.values()]
}

/** The way to what is meant, each node with the number of its step. */
export function wayOf(path: readonly string[], isNode: (element: string) => boolean): { marks: Mark[]; signs: Sign[] } {
  const marks = path.map((element) => ({ element, mark: 'on-the-way' }))
  const signs = path.filter(isNode).map((element, step) => {
    return { element, text: String(step + 1), mark: 'step', title: '' }
  })
  return { marks, signs }
}

/** What differs, coloured where it still stands. */
export function differenceMarks(differences: readonly Difference[]): Mark[] {
  return differences
    .filter(({ change }) => change !== 'removed')
    .map(({ id, change }) => ({ element: id, mark: `is-${change}` }))
}

type Canvas = Parts['canvas']
type Registry = Parts['elementRegistry']
type Overlays = Parts['overlays']

const KIND = 'sign'

/** Puts marks and signs on a canvas, in the place of those that were there before. */
export function painter(canvas: Canvas, registry: Registry, overlays: Overlays) {
  let painted: Mark[] = []
  return (marks: readonly Mark[], signs: readonly Sign[]) => {
    for (const { element, mark } of painted) if (registry.get(element)) canvas.removeMarker(element, mark)
    painted = marks.filter(({ element }) => registry.get(element))
    for (const { element, mark } of painted) canvas.addMarker(element, mark)
    overlays.remove({ type: KIND })
    for (const sign of signs) {
      const shape = registry.get(sign.element)
      if (shape?.parent) overlays.add(sign.element, KIND, { position: { top: -10, left: -10 }, html: drawn(sign) })
    }
  }
}

function drawn({ text, mark, title }: Sign): HTMLElement {
  const content = document.createElement('span')
  content.className = `sign ${mark}`
  content.textContent = text
  content.title = title
  return content
}
