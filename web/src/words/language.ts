import { computed, inject, provide, ref, type InjectionKey, type Ref, type WritableComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Language } from '../time/wording'
import { markTongues } from './tongue'

const KEPT = 'guiliu-language'

/** The language that the page speaks, for names that are told outside of components. */
export const spoken = ref<Language>('zh')

/** The language that was chosen here, else Chinese. */
export function firstLanguage(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh'
}

/** Tell the browser which language the page speaks, and keep the choice. */
export function settle(language: Language): void {
  spoken.value = language
  localStorage.setItem(KEPT, language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  markTongues(language !== 'zh')
}

export interface LanguageUse {
  language: WritableComputedRef<Language>
  t: (key: string, named?: Record<string, unknown>) => string
  /** The one of two texts that is in the language of the page. */
  either: (zh: string, en: string) => string
}

const HERE: InjectionKey<Readonly<Ref<Language>>> = Symbol('language here')

/** What is inside speaks this language, whatever the page does. */
export function provideLanguage(here: Readonly<Ref<Language>>): void {
  provide(HERE, here)
}

/** The language of the page, or of the part of it that speaks its own, and its texts. */
export function useLanguage(): LanguageUse {
  const { locale, t } = useI18n()
  const here = inject(HERE, null)
  const language = computed<Language>({
    get: () => here?.value ?? (locale.value === 'en' ? 'en' : 'zh'),
    set(chosen) {
      locale.value = chosen
      settle(chosen)
    },
  })
  return {
    language,
    t: (key, named) => t(key, named ?? {}, { locale: language.value }),
    either: (zh, en) => (language.value === 'zh' ? zh : en || zh),
  }
}
