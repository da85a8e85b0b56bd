import { grouped } from '../../grouped.ts'

export interface Namesake {
  id: string
  birthDate: string | null
}

const byId = (a: Namesake, b: Namesake): number => (a.id < b.id ? -1 : 1)

/** Two birth dates tell people apart. Few more pairs are looked at than returned: to compare each with each would take minutes for thousands of one name. */
export function firstPairs(namesakes: readonly Namesake[], limit: number): [string, string][] {
  const inOrder = namesakes.toSorted(byId)
  const alike = grouped(inOrder, ({ birthDate }) => birthDate)
  const undated = alike.get(null) ?? []
  const pairs: [string, string][] = []
  for (const [place, one] of inOrder.entries()) {
    if (pairs.length >= limit) break
    const likely = one.birthDate === null ? inOrder.slice(place + 1) : [...(alike.get(one.birthDate) ?? []), ...undated]
    const others = likely.filter(({ id }) => id > one.id).toSorted(byId)
    for (const other of others.slice(0, limit - pairs.length)) pairs.push([one.id, other.id])
  }
  return pairs
}
