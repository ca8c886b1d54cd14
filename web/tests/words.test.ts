import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en as deskEn } from '../src/words/desk.en'
import { zh as deskZh } from '../src/words/desk.zh'
import { en as fieldEn } from '../src/words/field.en'
import { zh as fieldZh } from '../src/words/field.zh'
import type { Words } from '../src/words/words'

const SOURCES = new URL('../src/', import.meta.url).pathname

function keysOf(words: Words, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  )
}

function textAt(words: Words, key: string): string {
  return key.split('.').reduce<Words | string>((found, part) => (found as Words)[part]!, words) as string
}

/** Every text of the pages that is named in full, by the file that names it. */
function keysNamedIn(file: string): string[] {
  const text = readFileSync(join(SOURCES, file), 'utf8')
  const called = [...text.matchAll(/\bt\((?:[^)'`]*\? )?'([\w.]+)'(?: : '([\w.]+)')?/g)].flatMap(([, one, other]) => [
    one,
    other,
  ])
  const tabled = [...text.matchAll(/(?:title|text): '([a-z]\w*\.[\w.]+)'/g)].map(([, key]) => key)
  return [...called, ...tabled].filter((key): key is string => key !== undefined)
}

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:vue|ts)$/.test(file))
const isDesk = (file: string) => !file.startsWith('words/') && !file.startsWith('field/')

/** The parts that both entries show take their texts from what both catalogues have. */
const CATALOGUES: [string, Words, Words, (file: string) => boolean][] = [
  ['desk', deskZh, deskEn, isDesk],
  ['field page', fieldZh, fieldEn, (file) => file.startsWith('field/')],
]

describe.each(CATALOGUES)('the texts of the %s', (_, zh, en, isOurs) => {
  it('are there in both languages, each with the same names in braces', () => {
    expect(keysOf(en)).toEqual(keysOf(zh))
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    for (const key of keysOf(zh)) expect(names(textAt(en, key)), key).toEqual(names(textAt(zh, key)))
  })

  it('are none of them empty', () => {
    expect(keysOf(zh).filter((key) => !textAt(zh, key) || !textAt(en, key))).toEqual([])
  })

  it('are in English where they are to be', () => {
    expect(keysOf(en).filter((key) => /\p{Script=Han}/u.test(textAt(en, key)))).toEqual([])
  })

  it.each(files.filter(isOurs))('that %s names exist', (file) => {
    const known = new Set(keysOf(zh))
    expect(keysNamedIn(file).filter((key) => !known.has(key))).toEqual([])
  })
})

const WRITTEN = import.meta.glob<{ zh?: Words }>('../src/words/*.zh.ts', { eager: true })

it.each(Object.entries(WRITTEN))('the texts of %s stand in a catalogue', (_, { zh = {} }) => {
  const known = new Set([...Object.keys(deskZh), ...Object.keys(fieldZh)])
  expect(Object.keys(zh).filter((group) => !known.has(group))).toEqual([])
})

it('no source says Chinese by itself: all texts are in the catalogues', () => {
  const outspoken = files
    .filter((file) => !file.startsWith('words/') && file.endsWith('.vue'))
    .filter((file) => /\p{Script=Han}/u.test(readFileSync(join(SOURCES, file), 'utf8').replace(/'中文'/, '')))
  expect(outspoken).toEqual([])
})
