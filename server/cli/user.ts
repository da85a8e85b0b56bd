import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { users } from '../../db/schema/index.ts'
import type { Account } from '../auth/account.ts'
import { lockAccount } from '../auth/account.ts'
import { disableAccount, enableAccount, endOwnership, makeOwner } from '../auth/owners.ts'
import { resetPassword } from '../auth/reset-password.ts'
import { email } from '../input.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { withDatabase } from './database.ts'
import { readPassword } from './password.ts'

interface Deed {
  says: string
  run(db: Database, address: string, file: string | undefined): Promise<boolean>
}

/** Returns false when there is no account with the address. */
const onAccount =
  (work: (tx: Transaction, account: Account) => Promise<void>): Deed['run'] =>
  (db, address) =>
    db.transaction(noSchool, async (tx) => {
      const account = await lockAccount(tx, eq(users.email, address))
      if (account) await work(tx, account)
      return account !== undefined
    })

const deeds: Record<string, Deed> = {
  'reset-password': {
    says: 'signs in with the new password from now on',
    run: async (db, address, file) => resetPassword(db, address, await readPassword(file), new Date()),
  },
  disable: {
    says: 'signs in nowhere any more, and is signed out everywhere',
    run: onAccount((tx, account) => disableAccount(tx, account, new Date())),
  },
  enable: { says: 'can sign in again', run: onAccount(enableAccount) },
  'make-owner': {
    says: 'owns the register, and comes into every school that is added',
    run: onAccount((tx, { id }) => makeOwner(tx, id)),
  },
  'end-ownership': {
    says: 'no longer owns the register',
    run: onAccount((tx, { id }) => endOwnership(tx, id)),
  },
}

export const command = defineCommand({
  summary: 'Gives an account another password, disables or enables it, or passes the ownership of the register on',
  usage: `user ${Object.keys(deeds).join('|')} <e-mail address> [--password-file <file>] [--json]`,
  options: {
    'password-file': {
      type: 'string',
      help: 'for reset-password: a file that holds the password; otherwise it is asked for, or read from a pipe',
    },
    json: { type: 'boolean', help: 'answer as JSON' },
  },
  positionals: 2,
  async run({ 'password-file': file, json }, [what = '', whose = '']) {
    const deed = Object.hasOwn(deeds, what) ? deeds[what] : undefined
    if (!deed) throw new UsageError(`Say what to do: ${Object.keys(deeds).join(', ')}`)
    const { success, data: address } = email.safeParse(whose)
    if (!success) throw new UsageError('Say whose account: an e-mail address such as name@school.example')
    await withDatabase(async (db) => {
      if (!(await deed.run(db, address, file)))
        throw new CommandError(`Nobody signs in as ${address}: check the address`)
    })
    console.log(json ? JSON.stringify({ email: address }) : `${address} ${deed.says}`)
  },
})
