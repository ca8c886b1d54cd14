import general from 'bpmn-js-i18n/translations/zn.js'
import type { Language } from '../time/wording'

type Texts = (text: string, named?: Record<string, string>) => string

/** What libraries say, in the language of the page; kinds of elements are also asked for as titles. */
export function textsIn(language: Language, ours: Record<string, string>): Texts {
  const texts: Record<string, string> = { ...general, ...ours }
  return (text, named = {}) => {
    const said = language === 'zh' ? inChinese(text, texts) : text
    return said.replace(/\{([^}]+)\}/g, (whole, name: string) => named[name] ?? whole)
  }
}

function inChinese(text: string, texts: Record<string, string>): string {
  const found = texts[text] ?? texts[text.charAt(0) + text.slice(1).toLowerCase()]
  // Types and names that people gave stay what they are.
  if (found === undefined && /^[A-Z]/.test(text)) console.error(`no text in zh for ${text}`)
  return found ?? text
}
