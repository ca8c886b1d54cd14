import type { Plugin } from 'vite'

const ASKED = '!root.head && root.adoptedStyleSheets'

/** Lets the editor of expressions adopt its styles, as it does in a shadow root: our policy blocks style elements. */
export function adopted(): Plugin {
  return {
    name: 'adopted',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/style-mod/')) return
      if (!code.includes(ASKED)) throw new Error(`style-mod no longer asks ${ASKED}`)
      return { code: code.replace(ASKED, 'root.adoptedStyleSheets'), map: null }
    },
  }
}
