import type { Schemas } from '../api/client'

type Placed = Pick<Schemas['CaseDetail'], 'street_name' | 'community_name' | 'address'>

/** Where a case is, from the wide to the narrow, as far as it is known. Pure. */
export function placeOf({ street_name, community_name, address }: Placed): string[] {
  return [street_name, community_name, address].filter((part): part is string => Boolean(part))
}
