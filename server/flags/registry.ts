/** Every flag there is. Its state stands in the database; docs/flags.md tells how a flag lives and ends. */

export interface Flag {
  /** `release`: the way to a change that everybody gets. `kill switch`: turns something off in need. `permission`: stays for those who have it. */
  kind: 'release' | 'kill switch' | 'permission'
  owner: string
  /** Civil dates. Only a kill switch or a permission may have no expiry. */
  created: string
  expires: string | null
  /** Served without a row, on any error, and to whoever a rule can't know. */
  default: boolean
  /** Who has one answer: each person, each school with all its people, or the register, for its jobs. */
  per: 'person' | 'school' | 'register'
  /** It is off wherever one of these is. */
  needs?: readonly string[]
  /** The calls whose two sides are compared, and by which a rollout is turned off where its new side fails. */
  calls?: readonly string[]
  does: string
  /** The setting of the environment that it replaces, and until when that is obeyed. */
  replaces?: { setting: string; until: string }
}
export type Registry = Readonly<Record<string, Flag>>

export const flags = {
  'move-page': {
    kind: 'release',
    owner: 'whoever looks after db/move',
    created: '2026-11-30',
    expires: '2027-11-30',
    default: true,
    per: 'person',
    does: 'Owners of the register find the page System > Move to PostgreSQL and may start a move there.',
    calls: ['moves.get', 'moves.rehearse', 'moves.start', 'moves.stop', 'system.get'],
    replaces: { setting: 'MOVE_PAGE', until: '2027-05-31' },
  },
  presences: {
    kind: 'kill switch',
    owner: 'whoever looks after server/presences',
    created: '2026-12-01',
    expires: null,
    default: true,
    per: 'school',
    calls: ['presences.keep'],
    does: 'Pages say who else has the same record open. Every open page then writes every ten seconds.',
  },
  backfills: {
    kind: 'kill switch',
    owner: 'whoever looks after server/backfills',
    created: '2026-12-01',
    expires: null,
    default: true,
    per: 'register',
    does: 'Servers fill new columns of older rows beside the work of people. Off, they pause after the batch under way.',
  },
  'shadow-seats': {
    kind: 'release',
    owner: 'whoever looks after server/home',
    created: '2026-12-01',
    expires: '2027-03-31',
    default: false,
    per: 'school',
    calls: ['home.figures'],
    does: 'Now and then the seats on Home are counted a second time in a quicker way, after the answer. The server counts where the two differ; nobody sees it.',
  },
} as const satisfies Registry
export type FlagKey = keyof typeof flags
export type Flags = Readonly<Record<FlagKey, boolean>>

export const flagKeys = Object.keys(flags) as FlagKey[]
export const flagOf = (key: FlagKey): Flag => flags[key]
export const isFlagKey = (key: string): key is FlagKey => Object.hasOwn(flags, key)

export interface Overdue {
  name: string
  flag: string
  since: string
  owner: string
}

/** From its expiry on a flag is overdue, and so is the setting that it replaces. */
export function overdue(on: string, registry: Registry = flags): Overdue[] {
  return Object.entries(registry).flatMap(([flag, { owner, expires, replaces }]) => [
    ...(expires !== null && expires <= on ? [{ name: flag, flag, since: expires, owner }] : []),
    ...(replaces && replaces.until <= on ? [{ name: replaces.setting, flag, since: replaces.until, owner }] : []),
  ])
}

export const overdueSentence = ({ name, flag, since, owner }: Overdue): string =>
  name === flag
    ? `The flag ${flag} is overdue since ${since} (${owner}): homeroom flags remove ${flag} tells what to take out`
    : `${name} is overdue since ${since} (${owner}): take it out, the flag ${flag} is in its place`

/** Each flag after those that it needs. Throws for a circle, and for one that needs a flag that there is not. */
export function inOrder(registry: Registry): string[] {
  const ordered = new Set<string>()
  const visit = (key: string, way: readonly string[]) => {
    if (way.includes(key)) throw new Error(`These flags need each other in a circle: ${[...way, key].join(' > ')}`)
    if (!Object.hasOwn(registry, key)) throw new Error(`The flag ${way.at(-1)} needs ${key}, which is not registered`)
    for (const needed of registry[key]?.needs ?? []) visit(needed, [...way, key])
    ordered.add(key)
  }
  for (const key of Object.keys(registry)) visit(key, [])
  return [...ordered]
}
