import { readFileSync } from 'node:fs'

const TABLE = readFileSync(new URL('../src/forms/widgets/widgets.ts', import.meta.url), 'utf8')

/** The names in the table of widgets, read as text because the widgets themselves need a browser. */
export const WIDGET_NAMES = new Set([...TABLE.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name!))
