import general from 'bpmn-js-i18n/translations/zn.js'
import type { Language } from '../../time/wording'
import { DIAGRAM_ZH } from '../../words/diagram.zh'

type Texts = (text: string, named?: Record<string, string>) => string

const ZH: Record<string, string> = { ...general, ...DIAGRAM_ZH }

/** What the libraries say, in the language of the page; kinds of elements are also asked for as titles. */
export function textsIn(language: Language): Texts {
  return (text, named = {}) => {
    const said = language === 'zh' ? inChinese(text) : text
    return said.replace(/\{([^}]+)\}/g, (whole, name: string) => named[name] ?? whole)
  }
}

function inChinese(text: string): string {
  const found = ZH[text] ?? ZH[text.charAt(0) + text.slice(1).toLowerCase()]
  if (found === undefined && /^[A-Za-z]/.test(text)) console.error(`no text in zh for ${text}`)
  return found ?? text
}
