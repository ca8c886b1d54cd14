import { inject, provide, type InjectionKey, type Ref } from 'vue'
import type { Schemas } from '../api/client'

/** The case that a form is about; widgets propose from it. */
export type Subject = Ref<Schemas['CaseDetail'] | null>

const KEY: InjectionKey<Subject> = Symbol('subject')

export function provideSubject(subject: Subject): void {
  provide(KEY, subject)
}

/** The case that the form around is about, if it is about one. */
export function useSubject(): Subject | null {
  return inject(KEY, null)
}
