import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '../errors.ts'
import { limitedTo } from '../limited.ts'
import { isCommonPassword } from './common-password.ts'

/** The OWASP Password Storage Cheat Sheet names these costs of argon2id: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Many sign-ins at once must not take every core from those who are signed in. */
const limited = limitedTo(2)

/** Throws `password.common`. `known` are names and addresses of the person and her schools. */
export function refuseCommonPassword(password: string, ...known: string[]): void {
  if (isCommonPassword(password, known)) throw new DomainError('password.common')
}

export const hashPassword = (password: string): Promise<string> => limited(() => hash(password, cost))

let dummy: Promise<string> | undefined
/** Without a stored password the check takes as long, so that nobody learns who has an account. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword('nobody has this password')
  const against = stored ?? (await dummy)
  return (await limited(() => verify(against, password))) && stored !== null
}
