/** Which DMN a file is written in, and the same in the one that the editor knows. Pure. */

const KNOWN = '1.3'
const YEARS: Record<string, string> = {
  '20151101': '1.1',
  '20180521': '1.2',
  '20191111': KNOWN,
  '20211108': '1.4',
  '20230324': '1.5',
  '20240513': '1.6',
}
/** Where a file says whose names it uses: models and pictures; what is drawn with stays of 2018 in all of them. */
const SAID =
  /(xmlns(?::[\w.-]+)?\s*=\s*)(["'])https?:\/\/www\.omg\.org\/spec\/DMN\/(\d{8})\/(MODEL\/|DMNDI\/|dmn\.xsd)\2/g
const PARTS: Record<string, string> = { 'dmn.xsd': 'MODEL/' }

/** The version that a file is written in; nothing for one that says none, or that the editor reads as it is. */
export function foreignVersion(source: string): string | null {
  const said = [...source.matchAll(SAID)].filter(([, , , , part]) => part !== 'DMNDI/')
  const versions = said.map(([, , , year]) => YEARS[year!]).filter((version) => version && version !== KNOWN)
  return versions[0] ?? null
}

/** A file as the editor reads it: the same, under the names of DMN 1.3. */
export function forEditor(source: string): string {
  return source.replace(SAID, (all, before: string, quote: string, year: string, part: string) =>
    YEARS[year] ? `${before}${quote}https://www.omg.org/spec/DMN/20191111/${PARTS[part] ?? part}${quote}` : all,
  )
}

/** What the editor read past and would lose: names of elements, from what it warned of. */
export function readPast(warnings: readonly { message: string }[]): string[] {
  const found = warnings.flatMap(({ message }) => /^unparsable content <([^>]+)> detected/.exec(message)?.[1] ?? [])
  return [...new Set(found.map((name) => name.replace(/^\w+:/, '')))]
}
