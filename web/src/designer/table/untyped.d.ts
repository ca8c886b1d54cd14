/** The library comes without types; what is used of it. */
declare module 'dmn-js/lib/Modeler' {
  export interface View {
    type: string
    element: { id: string; name?: string; $type: string }
  }
  export interface Part {
    get: (name: string) => unknown
    on: (event: string, hear: () => void) => void
  }
  export default class Modeler {
    constructor(options: object)
    importXML(source: string): Promise<{ warnings: { message: string }[] }>
    saveXML(options: { format: boolean }): Promise<{ xml: string }>
    getViews(): View[]
    getDefinitions(): { drgElement?: { id: string; name?: string; $type: string }[] }
    getActiveView(): View | undefined
    getActiveViewer(): Part | undefined
    open(view: View): Promise<unknown>
    on(event: string, hear: (told: { viewer: Part; views: View[]; activeView: View }) => void): void
    destroy(): void
  }
}
