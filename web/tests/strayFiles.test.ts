import { describe, expect, it } from 'vitest'
import { keepStrayFilesOut } from '../src/shell/strayFiles'

function dragged(kind: string, ...types: string[]): Event {
  return Object.assign(new Event(kind, { cancelable: true }), { dataTransfer: { types, dropEffect: 'copy' } })
}

describe('files dropped beside what takes them', () => {
  const page = new EventTarget()
  keepStrayFilesOut(page)

  it.each(['dragover', 'drop'])('do not replace the page: %s', (kind) => {
    expect(page.dispatchEvent(dragged(kind, 'Files'))).toBe(false)
  })

  it('leave alone what is dragged within the page', () => {
    expect(page.dispatchEvent(dragged('dragover', 'text/plain'))).toBe(true)
  })

  it('leave alone what somebody has taken', () => {
    const taken = dragged('drop', 'Files')
    taken.preventDefault()
    page.dispatchEvent(taken)
    expect((taken as DragEvent).dataTransfer!.dropEffect).toBe('copy')
  })
})
