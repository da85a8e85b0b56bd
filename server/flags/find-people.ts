import { fold, searchWords } from '../../db/folding.ts'
import { requireOwner } from '../auth/owners.ts'
import type { Context } from '../context.ts'
import type { FindFlagPeopleInput } from './input.ts'
import { readEveryone } from './who-sees.ts'

const foundAtMost = 8

/** Of all schools, for owners of the register. Throws `owner.only`. */
export async function findFlagPeople({ db, actor }: Context, { search }: FindFlagPeopleInput) {
  await requireOwner(db, actor.userId)
  const words = searchWords(search)
  const { members } = await readEveryone(db, null)
  const found = new Map<string, { id: string; name: string; email: string; school: string }>()
  for (const { userId: id, name, email, school } of members) {
    if (found.has(id) || !words.every((word) => fold(`${name} ${email}`).includes(word))) continue
    found.set(id, { id, name, email, school })
    if (found.size === foundAtMost) break
  }
  return [...found.values()]
}
