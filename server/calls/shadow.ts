/** A read that is written anew is tried beside the old one, which answers. DECISIONS.md says what that may cost. */
import { isDeepStrictEqual } from 'node:util'
import type { Database, Reader } from '../../db/database.ts'

/** What can't write: a function that needs a `Transaction` is no read. */
export type Read<Asked, Answer> = (db: Reader, asked: Asked) => Promise<Answer>

export interface Rewritten<Asked, Answer> {
  /** For the log and the counts, such as 'home.figures'. */
  name: string
  was: Read<Asked, Answer>
  becomes: Read<Asked, Answer>
  share: number
  /** In ms. The new read is then given up. */
  patience: number
}

/** `changed`: a write came between the two reads, and of one moment they answer the same. */
export type Ending = 'same' | 'changed' | 'length' | 'keys' | 'type' | 'value' | 'threw' | 'late'
const unlike: readonly Ending[] = ['length', 'keys', 'type', 'value']

/** Of two answers that differ, what differs first: never what stands there. */
export function difference(one: unknown, other: unknown): Ending {
  if (isDeepStrictEqual(one, other)) return 'same'
  if (typeof one !== typeof other || one === null || other === null || Array.isArray(one) !== Array.isArray(other))
    return 'type'
  if (Array.isArray(one) && one.length !== (other as unknown[]).length) return 'length'
  if (typeof one !== 'object' || one instanceof Date) return 'value'
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>]
  if (!isDeepStrictEqual(Object.keys(left).toSorted(), Object.keys(right).toSorted())) return 'keys'
  const found = Object.keys(left).map((key) => difference(left[key], right[key]))
  return found.find((ending) => ending !== 'same') ?? 'value'
}

/** The server that a shadow runs in. Without one, as on the command line, none runs. */
export interface Host {
  isHeldBack(): boolean
  told(name: string, ending: Ending): void
  later(work: () => void): void
  chance(): number
  /** Resolves after so many ms; `forget` ends the wait. */
  wait(ms: number): { over: Promise<void>; forget(): void }
}

/** In ms. An answer has gone out by then. */
const afterAnswer = 200
export const ownHost: Pick<Host, 'later' | 'chance' | 'wait'> = {
  later: (work) => void setTimeout(work, afterAnswer).unref(),
  chance: Math.random,
  wait(ms) {
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms).unref()
    })
    return { over, forget: () => clearTimeout(timer) }
  },
}

const hosts = new WeakMap<Database, Host>()
export const hostShadows = (db: Database, host: Host): void => void hosts.set(db, host)

const counts = new Map<string, Map<Ending, number>>()
export const allShadows = (): [name: string, ending: Ending, count: number][] =>
  [...counts].flatMap(([name, endings]) =>
    [...endings].map(([ending, count]) => [name, ending, count] as [string, Ending, number]),
  )
function noted(host: Host, name: string, ending: Ending): void {
  const own = counts.get(name) ?? new Map<Ending, number>()
  counts.set(name, own.set(ending, (own.get(ending) ?? 0) + 1))
  if (ending !== 'same' && ending !== 'changed') host.told(name, ending)
}

/** A snapshot takes no write on either database. */
const compared = <Asked, Answer>(db: Database, of: Rewritten<Asked, Answer>, asked: Asked, answer: Answer) =>
  db.snapshot(async (tx): Promise<Ending> => {
    const found = await of.becomes(tx, asked)
    const ending = difference(answer, found)
    if (!unlike.includes(ending)) return ending
    const again = difference(await of.was(tx, asked), found)
    return again === 'same' ? 'changed' : again
  })

/** Answers what `was` answers, at the same time. One shadow of it runs at once in a process, and one that hangs is the last. */
export function shadowed<Asked, Answer>(of: Rewritten<Asked, Answer>) {
  let isRunning = false
  const run = async (db: Database, host: Host, asked: Asked, answer: Answer) => {
    const { over, forget } = host.wait(of.patience)
    const ending = compared(db, of, asked, answer).catch((): Ending => 'threw')
    noted(host, of.name, await Promise.race([ending, over.then((): Ending => 'late')]))
    forget()
    await ending
  }
  return async (db: Database, asked: Asked, isOn: boolean): Promise<Answer> => {
    const answer = await of.was(db, asked)
    const host = isOn ? hosts.get(db) : undefined
    if (!host || isRunning || host.isHeldBack() || host.chance() >= of.share) return answer
    isRunning = true
    host.later(() => {
      const work = host.isHeldBack() ? Promise.resolve() : run(db, host, asked, answer)
      void work.finally(() => {
        isRunning = false
      })
    })
    return answer
  }
}
