/** One state of all flags. It never changes: a request that holds it sees one side of each. */
import { FlagdCore } from '@openfeature/flagd-core'
import type { Role } from '../../db/values.ts'
import type { Flags, Registry } from './registry.ts'
import { inOrder } from './registry.ts'
import type { Rules } from './rules.ts'
import { compiled, isAhead } from './rules.ts'

export interface Who {
  userId: string | null
  isOwner: boolean
  role: Role | null
  schoolId: number | null
}
export const nobody: Who = { userId: null, isOwner: false, role: null, schoolId: null }

/** So many people's answers are kept at once. */
const keptAtMost = 5_000
const silent = { error() {}, warn() {}, info() {}, debug() {} }

/** Undefined where nobody is known to whom the rules could apply: all of them would share one bucket. */
function bucketOf(per: Registry[string]['per'], { userId, schoolId }: Who): string | undefined {
  if (per === 'register') return 'register'
  if (per === 'school') return schoolId === null ? undefined : `school ${schoolId}`
  return userId ?? undefined
}

export class FlagSet {
  /** The number of the register's chain that it was read at; 0 before the first reading. */
  readonly version: number
  /** In ms. Then a schedule begins; infinite without one. */
  readonly until: number
  readonly #registry: Registry
  readonly #versions: ReadonlyMap<string, { version?: number }>
  readonly #order: string[]
  readonly #core = new FlagdCore(undefined, silent, { disableDynamicCodeGeneration: true })
  readonly #forced: Partial<Flags>
  /** What everybody is served, whether known or not. */
  readonly #forAll = new Map<string, boolean>()
  readonly #answers = new Map<string, Flags>()

  constructor(
    registry: Registry,
    rules: ReadonlyMap<string, Rules & { version?: number }>,
    version: number,
    now: Date,
    forced: Partial<Flags> = {},
  ) {
    this.#registry = registry
    this.#versions = rules
    this.#forced = forced
    this.#order = inOrder(registry)
    this.version = version
    const ahead = [...rules.values()].filter((own) => isAhead(own, now))
    this.until = Math.min(...ahead.map(({ fromAt }) => fromAt?.getTime() ?? Number.POSITIVE_INFINITY))
    const config = this.#order.map((key) => [key, compiled(key, this.#of(key), rules.get(key), now)] as const)
    for (const [key, own] of config) if (!('targeting' in own)) this.#forAll.set(key, own.defaultVariant === 'on')
    this.#core.setConfigurations(JSON.stringify({ flags: Object.fromEntries(config) }))
  }

  #of(key: string): Registry[string] {
    const flag = this.#registry[key]
    if (!flag) throw new Error(`The flag ${key} is not registered`)
    return flag
  }

  #resolve(key: string, who: Who): boolean {
    const flag = this.#of(key)
    const forced = this.#forced[key as keyof Flags] ?? this.#forAll.get(key)
    if (forced !== undefined) return forced
    const targetingKey = bucketOf(flag.per, who)
    if (targetingKey === undefined) return flag.default
    return this.#core.resolveBooleanEvaluation(key, flag.default, { targetingKey, ...who } as never, silent).value
  }

  #evaluate(who: Who): Flags {
    const answers: Record<string, boolean> = {}
    for (const key of this.#order)
      answers[key] = (this.#of(key).needs ?? []).every((needed) => answers[needed]) && this.#resolve(key, who)
    return Object.freeze(answers) as Flags
  }

  versionOf(key: string): number {
    return this.#versions.get(key)?.version ?? 0
  }

  /** One answer, of which nothing is kept: who looks at a flag asks for thousands of people. */
  serves(key: string, who: Who): boolean {
    return (this.#of(key).needs ?? []).every((needed) => this.serves(needed, who)) && this.#resolve(key, who)
  }

  of(who: Who): Flags {
    const key = `${who.userId} ${who.schoolId} ${who.role} ${who.isOwner}`
    const known = this.#answers.get(key)
    if (known) return known
    if (this.#answers.size >= keptAtMost) this.#answers.clear()
    const answers = this.#evaluate(who)
    this.#answers.set(key, answers)
    return answers
  }
}
