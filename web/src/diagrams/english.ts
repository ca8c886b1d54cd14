/** How a diagram says what its elements are called in English. Pure. */

const ZEEBE = 'http://camunda.org/schema/zeebe/1.0'

/** The property that says it; `docs/reference/bpmn.md` tells designers of it. */
export const NAME_EN = 'nameEn'

/** A diagram as pages in English show it: what has an English name bears it, everything else stays as it is. */
export function inEnglish(source: string): string {
  const read = new DOMParser().parseFromString(source, 'application/xml')
  for (const element of read.querySelectorAll('[name]')) {
    const name = englishNameOf(element)
    if (name) element.setAttribute('name', name)
  }
  return new XMLSerializer().serializeToString(read)
}

/** What an element of a diagram says that it is called in English. */
export function englishNameOf(element: Element): string {
  const declared = [...element.children]
    .filter(({ localName }) => localName === 'extensionElements')
    .flatMap((extensions) => [...extensions.getElementsByTagNameNS(ZEEBE, 'property')])
    .find((property) => property.getAttribute('name') === NAME_EN)
  return declared?.getAttribute('value')?.trim() ?? ''
}
