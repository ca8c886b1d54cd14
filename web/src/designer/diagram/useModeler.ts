import { nextTick, onMounted, onUnmounted, ref, shallowRef, type Ref } from 'vue'
import type { Language } from '../../time/wording'
import { isLaidOut } from '../blank'
import type { Expressions } from '../feel/useExpressions'
import { painter, type Mark, type Sign } from './marks'
import { openedModeler, part, type Modeler, type Parts, type Shape } from './modeler'

const PAUSE_MS = 400

interface Places {
  canvas: Readonly<Ref<HTMLElement | null>>
  panel: Readonly<Ref<HTMLElement | null>>
}

/** What a page asks of the editor that it shows. */
export interface DiagramView {
  reveal: (element: string) => void
  /** Say now what is still waiting to be said. */
  settle: () => Promise<void>
  isNode: (element: string) => boolean
  nameOf: (element: string) => string
  picture: () => Promise<string>
}

/** The editor on the page. `changed` hears of each new text, a moment after the last change. */
export function useModeler(
  { canvas, panel }: Places,
  language: Language,
  expressions: Expressions,
  changed: (source: string) => void,
) {
  const selected = shallowRef<Shape | null>(null)
  /** Counts changes: what is read from elements is read anew with it. */
  const tick = ref(0)
  const [canUndo, canRedo] = [ref(false), ref(false)]
  let modeler: Modeler | null = null
  let paintOver: ReturnType<typeof painter> = () => undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  let told = Promise.resolve()

  function begin(): void {
    modeler = openedModeler(canvas.value!, panel.value!, language, expressions)
    paintOver = painter(part(modeler, 'canvas'), part(modeler, 'elementRegistry'), part(modeler, 'overlays'))
    modeler.on<{ newSelection: Shape[] }>('selection.changed', ({ newSelection }) => select(newSelection))
    modeler.on('elements.changed', () => tick.value++)
    modeler.on('commandStack.changed', () => {
      const stack = part(modeler!, 'commandStack')
      canUndo.value = stack.canUndo()
      canRedo.value = stack.canRedo()
      if (canUndo.value || canRedo.value) later()
    })
  }

  function select([first, another]: Shape[]): void {
    selected.value = another ? null : (first ?? part(modeler!, 'canvas').getRootElement())
  }

  function later(): void {
    clearTimeout(waiting)
    waiting = setTimeout(() => void tell(), PAUSE_MS)
  }

  function tell(): Promise<void> {
    clearTimeout(waiting)
    waiting = undefined
    told = source().then(changed)
    return told
  }

  const settle = () => (waiting ? tell() : told)

  async function source(): Promise<string> {
    const { xml } = await modeler!.saveXML({ format: true })
    return xml!
  }

  /** Draw a text; one that does not say where its elements lie is laid out first. */
  async function open(text: string): Promise<void> {
    const drawable = isLaidOut(text) ? text : await (await import('bpmn-auto-layout')).layoutProcess(text)
    await modeler!.importXML(drawable)
    fitBesidePalette(part(modeler!, 'canvas'))
    await nextTick()
    select([])
    tick.value++
  }

  function reveal(id: string): void {
    const shape = part(modeler!, 'elementRegistry').get(id)
    if (!shape) return
    part(modeler!, 'canvas').scrollToElement(shape)
    part(modeler!, 'selection').select(shape.parent ? shape : null)
  }

  /** The elements as they stand; what is shown of them is shown anew with each change. */
  function elements() {
    void tick.value
    return modeler && part(modeler, 'elementRegistry')
  }

  const shapes = () => elements()?.getAll() ?? []
  const written = (id: string) => elements()?.get(id)?.businessObject
  const isNode = (id: string) => {
    const shape = elements()?.get(id)
    return Boolean(shape?.parent && !/Flow$/.test(shape.type))
  }

  onMounted(begin)
  onUnmounted(() => {
    clearTimeout(waiting)
    modeler?.destroy()
  })

  return {
    selected,
    tick,
    canUndo,
    canRedo,
    undo: () => part(modeler!, 'commandStack').undo(),
    redo: () => part(modeler!, 'commandStack').redo(),
    open,
    reveal,
    settle,
    shapes,
    written,
    isNode,
    paint: (marks: Mark[], signs: Sign[]) => paintOver(marks, signs),
    modeler: () => modeler!,
    picture: async () => (await modeler!.saveSVG()).svg,
  }
}

const PALETTE = 128
const MARGIN = 24

/** Shows the whole diagram beside what floats over the canvas. */
function fitBesidePalette(canvas: Parts['canvas']): void {
  const { inner, outer } = canvas.viewbox()
  const room = { width: outer.width - PALETTE - MARGIN, height: outer.height - 2 * MARGIN }
  const scale = Math.min(room.width / inner.width, room.height / inner.height, 1)
  if (!(scale > 0)) return
  const [x, y] = [inner.x - PALETTE / scale, inner.y - (outer.height / scale - inner.height) / 2]
  canvas.viewbox({ x, y, width: outer.width / scale, height: outer.height / scale })
}
