/** What the pages of flags show: all of it to owners of the register, to administrators of a school what concerns that school. */
import type { Database } from '../../db/database.ts'
import { ownsRegister } from '../auth/owners.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { compareSides } from './compare.ts'
import type { FlagSet } from './flag-set.ts'
import { readHistory } from './history.ts'
import type { FlagInput } from './input.ts'
import type { ListedFlag } from './list.ts'
import { listFlags } from './list.ts'
import { flagOf, isFlagKey } from './registry.ts'
import { flagsOf } from './store.ts'
import type { Everyone } from './who-sees.ts'
import { readEveryone, whoSees } from './who-sees.ts'

/** Whom the rules name, and who changed them, is the owners' alone. */
async function told(set: FlagSet, flag: ListedFlag, everyone: Everyone) {
  const { owner: _owner, does: _does, people: _people, schools: _schools, changedBy: _by, ...rest } = flag
  const needs: readonly string[] = flagOf(flag.key).needs ?? []
  return { ...rest, needs, sees: await whoSees(flag.key, set, everyone) }
}

/** As the register has them now: this process may not have looked since somebody changed one. */
async function currentOf(db: Database): Promise<FlagSet> {
  const store = flagsOf(db)
  await store.look()
  return store.current
}

export async function listFlagsHere({ db, school, actor, now }: Context) {
  const owns = await ownsRegister(db, actor.userId)
  const everyone = await readEveryone(db, owns ? null : school.id)
  const set = await currentOf(db)
  const listed = []
  for (const flag of await listFlags(db, now)) {
    const { sees, ...rest } = await told(set, flag, everyone)
    listed.push({ ...rest, sees: { on: sees.on, of: sees.of } })
  }
  return { ownsRegister: owns, flags: listed }
}

/** Throws `flag.not_found`. */
export async function readFlag({ db, school, actor, now }: Context, { key }: FlagInput) {
  if (!isFlagKey(key)) throw new DomainError('flag.not_found')
  const owns = await ownsRegister(db, actor.userId)
  const everyone = await readEveryone(db, owns ? null : school.id)
  const [flag] = await listFlags(db, now, [key])
  if (!flag) throw new DomainError('flag.not_found')
  const { people, schools, changedBy } = flag
  const isCompared = owns && Boolean(flagOf(key).calls)
  const ofOwners = {
    ...{ people, schools, changedBy, schoolsToName: everyone.schools },
    history: owns ? await readHistory(db, key) : [],
    sides: isCompared ? await compareSides(db, key, flag.version) : null,
  }
  return { ...(await told(await currentOf(db), flag, everyone)), ofOwners: owns ? ofOwners : null }
}
