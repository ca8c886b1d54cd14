/** A file that is dropped beside what takes it must not replace the page, and with it what was typed. */
export function keepStrayFilesOut(page: EventTarget = window): void {
  for (const kind of ['dragover', 'drop']) page.addEventListener(kind, (event) => refuse(event as DragEvent))
}

function refuse(event: DragEvent): void {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'none'
}
