import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '../errors.ts'

/** argon2id: 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** A flood of sign-ins must not take every core from those who are signed in. */
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

/** Words that long passwords of every list of common ones are made of. */
const common =
  /^(?:password|passwort|passw0rd|letmein|welcome|qwerty|qwertyuiop|asdfgh|iloveyou|administrator|admin|school|homeroom|teacher|student|abc|summer|winter|[0-9!@#$%.])+$/i

/** Refuses what is guessed first: one repeated character, common words and digits, one's own name, e-mail or school. */
export function refuseCommonPassword(password: string, ...known: string[]): void {
  const plain = password.toLowerCase()
  const own = known.flatMap((text) => text.toLowerCase().split(/[\s@.]+/)).filter((word) => word.length > 3)
  const rest = own.reduce((left, word) => left.replaceAll(word, ''), plain)
  const guessed = /^(.)\1*$/u.test(plain) || common.test(plain) || rest.replace(/\P{L}/gu, '').length < 4
  if (guessed) throw new DomainError('password.common')
}

/** As the database keeps it, with its parameters. The password is taken exactly as typed. */
export const hashPassword = (password: string): Promise<string> => limited(() => hash(password, cost))

let dummy: Promise<string> | undefined
/** Whether the password is the one of `stored`. Without one it takes as long, so that nobody learns who has an account. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword('nobody has this password')
  const against = stored ?? (await dummy)
  return (await limited(() => verify(against, password))) && stored !== null
}
