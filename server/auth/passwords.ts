import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '../errors.ts'

/** The OWASP Password Storage Cheat Sheet names these costs of argon2id: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Many sign-ins at once must not take every core from those who are signed in. */
const atOnce = 2

let running = 0
const waiting: (() => void)[] = []
async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** Long passwords in lists of common ones consist of these words. */
const common =
  /^(?:password|passwort|passw0rd|letmein|welcome|qwerty|qwertyuiop|asdfgh|iloveyou|administrator|admin|school|homeroom|teacher|student|abc|summer|winter|[0-9!@#$%.])+$/i

/** Refuses one repeated character, common words with digits, and the person's own name, e-mail or school. */
export function refuseCommonPassword(password: string, ...known: string[]): void {
  const plain = password.toLowerCase()
  const own = known.flatMap((text) => text.toLowerCase().split(/[\s@.]+/)).filter((word) => word.length > 3)
  const rest = own.reduce((left, word) => left.replaceAll(word, ''), plain)
  const guessed = /^(.)\1*$/u.test(plain) || common.test(plain) || rest.replace(/\P{L}/gu, '').length < 4
  if (guessed) throw new DomainError('password.common')
}

export const hashPassword = (password: string): Promise<string> => limited(() => hash(password, cost))

let dummy: Promise<string> | undefined
/** Without a stored password the check takes as long, so that nobody learns who has an account. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword('nobody has this password')
  const against = stored ?? (await dummy)
  return (await limited(() => verify(against, password))) && stored !== null
}
