import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import general from 'bpmn-js-i18n/translations/zn.js'
import { expect, it } from 'vitest'
import { DECISION_ZH } from '../src/words/decision.zh'
import { DIAGRAM_ZH } from '../src/words/diagram.zh'

const MODULES = new URL('../node_modules/', import.meta.url).pathname

function sourcesIn(folder: string): string[] {
  const files = readdirSync(join(MODULES, folder), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.js')).map((file) => readFileSync(join(MODULES, folder, file), 'utf8'))
}

const PANEL = readFileSync(join(MODULES, 'bpmn-js-properties-panel/dist/index.esm.js'), 'utf8')
/** What follows in that one file belongs to another dialect, which is never loaded. */
const OURS = PANEL.slice(0, PANEL.indexOf('var index$1 = {'))

/** Texts that are handed to `translate` as they stand, and the names in menus. */
function saidBy(source: string): string[] {
  const called = [...source.matchAll(/translate\(\s*(['"])((?:(?!\1)[^\\]|\\.)*)\1/g)].map(([, , text]) => text!)
  const listed = [...source.matchAll(/\b(?:label|explanation): '([A-Z][^']*)'/g)].map(([, text]) => text!)
  return [...called, ...listed].map((text) => text.replace(/\\n/g, '\n').replace(/\\'/g, "'"))
}

const LIBRARIES: [string, string[]][] = [
  ['bpmn-js', [...sourcesIn('bpmn-js/lib'), ...sourcesIn('diagram-js/lib')]],
  ['what is appended', [readFileSync(join(MODULES, 'bpmn-js-create-append-anything/dist/index.es.js'), 'utf8')]],
  ['the minimap', [readFileSync(join(MODULES, 'diagram-js-minimap/dist/index.esm.js'), 'utf8')]],
  [
    'dmn-js',
    ['shared', 'drd', 'decision-table', 'literal-expression', 'boxed-expression'].flatMap((part) =>
      sourcesIn(`dmn-js-${part}/lib`),
    ),
  ],
  ['the panel', [OURS, readFileSync(join(MODULES, '@bpmn-io/properties-panel/dist/index.esm.js'), 'utf8')]],
]

const known = new Set([DIAGRAM_ZH, DECISION_ZH, general, { 'HELLO {you}': '' }].flatMap((texts) => Object.keys(texts)))

it.each(LIBRARIES)('all that %s says has a Chinese text', (_, sources) => {
  const said = new Set(sources.flatMap(saidBy))
  expect(said.size).toBeGreaterThan(1)
  expect([...said].filter((text) => !known.has(text))).toEqual([])
})
