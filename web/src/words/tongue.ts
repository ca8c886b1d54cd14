/** What the city calls things stands in its own language, also on a page that speaks another one. */

const HAN = /\p{Script=Han}/u
const CITY = 'zh-CN'

/** Elements that bear their language because of this and not of themselves. */
const marked = new WeakSet<Element>()
let observer: MutationObserver | null = null

/**
 * While the page does not speak Chinese, screen readers are told which of its texts do: names and words come from data,
 * wherever they are shown.
 */
export function markTongues(isForeign: boolean): void {
  observer?.disconnect()
  observer = null
  if (!isForeign) return unmark()
  observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) for (const node of [target, ...addedNodes]) look(node)
  })
  observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  look(document.body)
}

/** Every text in or at a node. */
function look(node: Node): void {
  if (node instanceof Text) return mark(node)
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) mark(texts.currentNode as Text)
}

function mark(text: Text): void {
  const holder = text.parentElement
  if (!holder || (holder.lang && !marked.has(holder))) return
  const isChinese = [...holder.childNodes].some((each) => each instanceof Text && HAN.test(each.data))
  if (isChinese) {
    holder.lang = CITY
    marked.add(holder)
  } else if (marked.delete(holder)) holder.removeAttribute('lang')
}

function unmark(): void {
  for (const each of document.body.querySelectorAll('[lang]')) if (marked.delete(each)) each.removeAttribute('lang')
}
