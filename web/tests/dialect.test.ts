import { describe, expect, it } from 'vitest'
import { foreignVersion, forEditor, readPast } from '../src/designer/table/dialect'

const MODEL = 'https://www.omg.org/spec/DMN/20191111/MODEL/'

describe('files of every version of DMN', () => {
  it.each([
    ['1.1', 'http://www.omg.org/spec/DMN/20151101/dmn.xsd'],
    ['1.2', 'http://www.omg.org/spec/DMN/20180521/MODEL/'],
    ['1.4', 'https://www.omg.org/spec/DMN/20211108/MODEL/'],
    ['1.5', 'https://www.omg.org/spec/DMN/20230324/MODEL/'],
  ])('reads %s under the names of 1.3', (version, namespace) => {
    const source = `<dmn:definitions id="fine" xmlns:dmn='${namespace}'>`
    expect(foreignVersion(source)).toBe(version)
    expect(forEditor(source)).toBe(`<dmn:definitions id="fine" xmlns:dmn='${MODEL}'>`)
  })

  it('takes the picture along and leaves alone what is drawn with and what is only spoken of', () => {
    const source =
      '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20230324/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"><text>"https://www.omg.org/spec/DMN/20230324/MODEL/"</text>'
    const read = forEditor(source)
    expect(read).toContain(`xmlns="${MODEL}"`)
    expect(read).toContain('xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"')
    expect(read).toContain('xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"')
    expect(read).toContain('<text>"https://www.omg.org/spec/DMN/20230324/MODEL/"</text>')
  })

  it('leaves 1.3 as it is, also with a picture of another year', () => {
    const source = `<definitions xmlns="${MODEL}" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/">`
    expect(forEditor(source)).toBe(source)
    expect(foreignVersion(source)).toBeNull()
  })

  it('names what the editor would lose', () => {
    const warnings = [
      { message: 'unparsable content <dmn:for> detected\n\tline: 3\n\tcolumn: 4\n\tnested error: unknown type' },
      { message: 'unparsable content <for> detected\n\tline: 9' },
      { message: 'unresolved reference <x>' },
    ]
    expect(readPast(warnings)).toEqual(['for'])
  })
})
