import { z } from 'zod'
import type { flags as table } from '../../db/schema/index.ts'
import { flagModes, roles } from '../../db/values.ts'
import type { Flag } from './registry.ts'

export type FlagRow = typeof table.$inferSelect

/** What the table may hold is looked at before anything is served by it. */
export const storedRules = z.object({
  mode: z.enum(flagModes),
  percent: z.number().int().min(0).max(100),
  people: z.array(z.string()),
  roles: z.array(z.enum(roles)),
  schools: z.array(z.number().int()),
  includesOwners: z.boolean(),
  fromAt: z.date().nullable(),
})
export type Rules = z.infer<typeof storedRules>
/** Of the flag: how often its rules were changed. */
export const servedRules = storedRules.extend({ version: z.number().int() })
export type ServedRules = z.infer<typeof servedRules>

export const untouched = (key: string): FlagRow => ({
  ...{ key, version: 0, mode: 'default', percent: 0, people: [], roles: [], schools: [], includesOwners: false },
  ...{ fromAt: null, fullSince: null, changedAt: new Date(0), changedBy: null },
})

/** A row that nothing can be served by counts as one that nobody has changed: it can still be turned off, or set anew. */
export function readable(key: string, stored: FlagRow | undefined): { row: FlagRow; isBroken: boolean } {
  const row = stored ?? untouched(key)
  const isBroken = !storedRules.safeParse(row).success
  return { row: isBroken ? { ...untouched(key), version: row.version } : row, isBroken }
}

/** flagd's own DISABLED serves whatever default the caller names: what is off serves the variant `off`. */
const serving = (isServed: boolean) => ({
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: isServed ? 'on' : 'off',
})

const isAmong = (name: string, list: readonly (string | number)[]) =>
  list.length ? [{ in: [{ var: name }, list] }] : []

/** The bucket of a person or school depends on the flag too: otherwise the same people would try everything. */
const share = (key: string, percent: number) => ({
  fractional: [{ cat: [key, ' ', { var: 'targetingKey' }] }, ['on', percent], ['off', 100 - percent]],
})

function targeting(key: string, { percent, people, roles: named, schools, includesOwners }: Rules) {
  const chosen = [
    ...(includesOwners ? [{ '==': [{ var: 'isOwner' }, true] }] : []),
    ...isAmong('userId', people),
    ...isAmong('role', named),
    ...isAmong('schoolId', schools),
  ]
  const others = percent === 0 ? 'off' : percent === 100 ? 'on' : share(key, percent)
  return chosen.length ? { if: [{ or: chosen }, 'on', others] } : others
}

export const isAhead = ({ mode, fromAt }: Rules, now: Date): boolean =>
  mode === 'rules' && fromAt !== null && fromAt.getTime() > now.getTime()

export function compiled(key: string, flag: Flag, rules: Rules | undefined, now: Date) {
  if (!rules || rules.mode === 'default') return serving(flag.default)
  if (rules.mode === 'off' || isAhead(rules, now)) return serving(false)
  const own = targeting(key, rules)
  return typeof own === 'string' ? serving(own === 'on') : { ...serving(false), targeting: own }
}
