import { createI18n, type I18n } from 'vue-i18n'
import { firstLanguage, settle } from './language'

/** A catalogue of texts: the same keys in every language. */
export type Words = { [key: string]: string | Words }

/** The texts of one page's entry, in the language that was chosen. */
export function createWords(zh: Words, en: Words): I18n {
  const language = firstLanguage()
  settle(language)
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: 'zh',
    messages: { zh, en },
    missing: (locale, key) => void console.error(`no text in ${locale} for ${key}`),
  }) as unknown as I18n
}
