import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { executedEntries, executedGroups } from '../src/designer/diagram/executed'

const MODULES = new URL('../node_modules/', import.meta.url).pathname
const MENUS = readFileSync(`${MODULES}bpmn-js-create-append-anything/dist/index.es.js`, 'utf8')
const PANEL = readFileSync(`${MODULES}bpmn-js-properties-panel/dist/index.esm.js`, 'utf8')

const offered = (ids: string[], target?: object) =>
  Object.keys(executedEntries(Object.fromEntries(ids.map((id) => [id, {}])), target))
const shown = (...ids: string[]) => executedGroups(ids.map((id) => ({ id }))).map(({ id }) => id)

describe('the menus of the editor', () => {
  const CONDITIONAL = [
    'replace-with-conditional-intermediate-catch',
    'replace-with-conditional-boundary',
    'replace-with-non-interrupting-conditional-boundary',
    'append-conditional-intermediate-catch',
  ]
  const AD_HOC = [
    'replace-with-ad-hoc-subprocess',
    'append-expanded-ad-hoc-subprocess',
    'replace-with-conditional-flow',
  ]
  const STARTS = ['replace-with-conditional-start', 'replace-with-non-interrupting-conditional-start']

  it('offer conditional events and ad-hoc sub-processes', () => {
    expect(offered([...CONDITIONAL, ...AD_HOC])).toEqual([...CONDITIONAL, ...AD_HOC])
  })

  it('offer a condition as a beginning where an event sub-process begins, and nowhere else', () => {
    const start = (triggeredByEvent: boolean) => ({ parent: { businessObject: { triggeredByEvent } } })
    expect(offered(STARTS, start(true))).toEqual(STARTS)
    expect(offered(STARTS, start(false))).toEqual([])
    expect(offered(STARTS)).toEqual([])
  })

  it('offer nothing that is refused', () => {
    expect(offered(['append-complex-gateway', 'replace-with-event-based-instantiating', 'create.data-object'])).toEqual(
      [],
    )
  })

  it('bear the names that the library gives them', () => {
    for (const name of ['conditional-intermediate-catch', 'conditional-start', 'expanded-ad-hoc-subprocess'])
      expect(MENUS).toContain(`'${name}'`)
  })
})

describe('the panel of properties', () => {
  it('says what an ad-hoc sub-process begins with and when it ends', () => {
    expect(shown('general', 'activeElements', 'adHocCompletion')).toEqual([
      'general',
      'activeElements',
      'adHocCompletion',
    ])
  })

  it('says nothing of what is not executed', () => {
    expect(shown('Zeebe__ExecutionListeners', 'adHocSubProcessImplementation', 'outputCollection')).toEqual([])
    const [condition] = executedGroups([
      { id: 'event-condition', entries: [{ id: 'condition' }, { id: 'variableNames' }, { id: 'variableEvents' }] },
    ])
    expect(condition!.entries).toEqual([{ id: 'condition' }])
  })

  it('bears the names that the library gives it', () => {
    for (const name of ['activeElements', 'adHocCompletion', 'adHocSubProcessImplementation', 'event-condition'])
      expect(PANEL).toContain(`'${name}'`)
  })
})
