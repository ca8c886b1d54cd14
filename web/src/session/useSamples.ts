import { nextTick, onMounted, ref, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'

/** Sample accounts, where the server offers any, and signing in as one of them through the form. */
export function useSamples(form: Readonly<Ref<{ submit: () => Promise<void> } | null>>) {
  const username = ref('')
  const password = ref('')
  const welcome = ref<Schemas['Welcome']>({ samples: [], sample_password: '' })

  async function tryOut(sample: Schemas['SampleAccount']): Promise<void> {
    username.value = sample.username
    password.value = welcome.value.sample_password
    await nextTick()
    await form.value?.submit()
  }

  onMounted(async () => {
    // Without it the page only lacks the samples.
    welcome.value = await answer(api.GET('/api/v1/welcome')).catch(() => welcome.value)
  })
  return { username, password, welcome, tryOut }
}
