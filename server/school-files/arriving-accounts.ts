/** An account of a file joins no account of this register: its memberships are invitations, and its name stays in history. */
import { eq, inArray } from 'drizzle-orm'
import type { Reader, Transaction } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { users } from '../../db/schema/index.ts'
import { inBatches } from '../journal/bulk.ts'
import type { FiledAccount } from './accounts.ts'
import type { Archive } from './archive.ts'
import { accountsIn } from './rows.ts'
import { SchoolFilesError } from './school-files-error.ts'

const mostAccounts = 200_000

type UserRow = typeof users.$inferSelect
export interface Standing {
  isOwner: boolean
  isDisabled: boolean
}
export interface Arrived {
  name: string
  /** The account here that its memberships and views go to. */
  userId: string
  was: Standing
  is: Standing
}
export type Arrivals = ReadonlyMap<string, Arrived>

/** Nobody signs in by it and nobody is invited by it: RFC 2606 keeps `.invalid` for no one. */
const noAddress = (id: string) => `${id}@elsewhere.invalid`
const isNameless = ({ id, email }: Pick<UserRow, 'id' | 'email'>) => email === noAddress(id)

interface Known {
  byId: Map<string, UserRow>
  byEmail: Map<string, UserRow>
}
async function knownOf(tx: Reader, accounts: readonly FiledAccount[]): Promise<Known> {
  const known: Known = { byId: new Map(), byEmail: new Map() }
  const ids = accounts.map(({ id }) => id)
  const emails = accounts.flatMap(({ email }) => email ?? [])
  for (const row of await tx.select().from(users).where(inArray(users.id, ids))) known.byId.set(row.id, row)
  for (const row of emails.length ? await tx.select().from(users).where(inArray(users.email, emails)) : [])
    known.byEmail.set(row.email, row)
  return known
}

function refuseOther(account: FiledAccount, there: UserRow | undefined): void {
  if (!there || account.email === null || isNameless(there) || there.email === account.email) return
  throw new SchoolFilesError(
    `The account ${account.id} has another address in this register than in the file. Nothing was changed: give it the same one in both`,
  )
}

/** Which account its memberships go to, and what is to be added for them and for its name in history. */
function placed(account: FiledAccount, { byId, byEmail }: Known, now: Date): { member: UserRow; added: UserRow[] } {
  const { id, name, email, language, isService = false } = account
  const blank = {
    id,
    name,
    isService,
    language: null,
    passwordHash: null,
    passwordChosenAt: null,
    isOwner: false,
    createdAt: now,
  }
  const nameless: UserRow = { ...blank, email: noAddress(id), disabledAt: now }
  const actor = byId.get(id)
  const namesake = email === null ? (actor ?? nameless) : byEmail.get(email)
  if (namesake || email === null) return { member: namesake ?? nameless, added: actor ? [] : [nameless] }
  const own = { ...blank, email, language, disabledAt: account.isDisabled ? now : null }
  const member = actor ? { ...own, id: newId() } : own
  return { member, added: [member] }
}

export async function receiveAccounts(tx: Transaction, archive: Archive, now: Date): Promise<Arrivals> {
  const arrivals = new Map<string, Arrived>()
  for await (const all of accountsIn(archive))
    for (const accounts of inBatches(all)) {
      const known = await knownOf(tx, accounts)
      const rows: UserRow[] = []
      for (const account of accounts) {
        refuseOther(account, known.byId.get(account.id))
        const { member, added } = placed(account, known, now)
        rows.push(...added)
        arrivals.set(account.id, {
          name: account.name,
          userId: member.id,
          was: { isOwner: account.isOwner, isDisabled: account.isDisabled },
          is: { isOwner: member.isOwner, isDisabled: member.disabledAt !== null },
        })
      }
      if (rows.length) await tx.insertAll([users, rows])
    }
  return arrivals
}

export const ownersOf = async (tx: Reader): Promise<string[]> =>
  (await tx.select({ id: users.id }).from(users).where(eq(users.isOwner, true))).map(({ id }) => id)

/** The file's own accounts: each once, by id and by address. */
export class AccountCheck {
  readonly #ids = new Set<string>()
  readonly #emails = new Set<string>()
  readonly #members = new Set<string>()

  add({ id, email }: FiledAccount): void {
    if (this.#ids.size === mostAccounts)
      throw new SchoolFilesError(`The file has more than ${mostAccounts} accounts, which no school has`)
    if (this.#ids.has(id) || (email !== null && this.#emails.has(email)))
      throw new SchoolFilesError(`The file has the account ${id} twice. Nothing was changed: export the school again`)
    this.#ids.add(id)
    if (email === null) return
    this.#emails.add(email)
    this.#members.add(id)
  }

  requireMember(id: unknown): void {
    if (!this.#members.has(String(id)))
      throw new SchoolFilesError(
        `A membership names the account ${id}, of which the file tells no address. Nothing was changed: export the school again`,
      )
  }

  require(id: unknown, where: string): void {
    if (typeof id === 'string' && !this.#ids.has(id))
      throw new SchoolFilesError(
        `${where} names the account ${id}, of which the file does not tell. Nothing was changed: export the school again`,
      )
  }
}
