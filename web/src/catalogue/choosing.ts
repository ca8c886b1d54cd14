import { answer, api, type Schemas } from '../api/client'

export type Subcategory = Schemas['SubCategoryShown']
export type Condition = Schemas['ConditionShown']

const PAGE = 200
const RECENT = 3

/** Everything that can be reported, a page at a time. */
export async function allSubcategories(): Promise<Subcategory[]> {
  const found: Subcategory[] = []
  let cursor: string | undefined
  do {
    const query = { limit: PAGE, ...(cursor ? { cursor } : {}) }
    const page = await answer(api.GET('/api/v1/catalogue/subcategories', { params: { query } }))
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return found
}

/** The conditions under which a case of a sub-category is filed. */
export async function conditionsOf(subcategory: string): Promise<Condition[]> {
  const params = { path: { subcategory } }
  return (await answer(api.GET('/api/v1/catalogue/subcategories/{subcategory}', { params }))).conditions
}

/** What somebody means by a few letters: names and other names that hold them, those that begin with them first. */
export function matching(text: string, among: readonly Subcategory[]): Subcategory[] {
  const wanted = text.trim().toLowerCase()
  if (!wanted) return []
  const names = ({ name, name_en, aliases }: Subcategory) =>
    [name, name_en, ...aliases].map((each) => each.toLowerCase())
  const begins = (entry: Subcategory) => names(entry).some((name) => name.startsWith(wanted))
  return among
    .filter((entry) => names(entry).some((name) => name.includes(wanted)))
    .sort((one, other) => Number(begins(other)) - Number(begins(one)))
}

/** The last three, this one first. */
export function withRecent(key: string, recent: readonly string[]): string[] {
  return [key, ...recent.filter((each) => each !== key)].slice(0, RECENT)
}
