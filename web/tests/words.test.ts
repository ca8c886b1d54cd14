import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en as deskEn } from '../src/words/desk.en'
import { zh as deskZh } from '../src/words/desk.zh'
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

describe('the texts of the desk', () => {
  it('are there in both languages, each with the same names in braces', () => {
    expect(keysOf(deskEn)).toEqual(keysOf(deskZh))
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    for (const key of keysOf(deskZh)) expect(names(textAt(deskEn, key)), key).toEqual(names(textAt(deskZh, key)))
  })

  it('are none of them empty', () => {
    expect(keysOf(deskZh).filter((key) => !textAt(deskZh, key) || !textAt(deskEn, key))).toEqual([])
  })

  it.each(files.filter(isDesk))('that %s names exist', (file) => {
    const known = new Set(keysOf(deskZh))
    expect(keysNamedIn(file).filter((key) => !known.has(key))).toEqual([])
  })

  it('are all in the catalogues: no source says Chinese by itself', () => {
    const outspoken = files
      .filter((file) => isDesk(file) && file.endsWith('.vue'))
      .filter((file) => /\p{Script=Han}/u.test(readFileSync(join(SOURCES, file), 'utf8').replace(/'中文'/, '')))
    expect(outspoken).toEqual([])
  })
})
