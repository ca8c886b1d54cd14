import { onMounted, onUnmounted, ref, type Ref, type ShallowRef } from 'vue'

/**
 * Whether something that drops down is open. It goes when somebody looks elsewhere; who leaves it by the keyboard stands
 * on what opened it.
 */
export function useDropped(host: Readonly<ShallowRef<HTMLElement | null>>, isOpened = false) {
  const isOpen: Ref<boolean> = ref(isOpened)
  const opener = () => host.value?.querySelector<HTMLElement>('[aria-expanded]')

  function close(): void {
    isOpen.value = false
    opener()?.focus()
  }

  function pressed({ key }: KeyboardEvent): void {
    if (key === 'Escape' && isOpen.value) close()
  }

  function pointed({ target }: PointerEvent): void {
    if (!host.value?.contains(target as Node)) isOpen.value = false
  }

  onMounted(() => {
    addEventListener('keydown', pressed)
    addEventListener('pointerdown', pointed)
    // What was pressed to open it may be gone.
    if (isOpened && document.activeElement === document.body) opener()?.focus()
  })
  onUnmounted(() => {
    removeEventListener('keydown', pressed)
    removeEventListener('pointerdown', pointed)
  })
  return { isOpen, close }
}
