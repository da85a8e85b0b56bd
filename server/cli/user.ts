import { eq, isNull } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { schools, users } from '../../db/schema/index.ts'
import { roles } from '../../db/values.ts'
import { disableAccount, enableAccount, endOwnership, makeOwner } from '../auth/owners.ts'
import { resetPassword } from '../auth/reset-password.ts'
import '../kinds.ts'
import { email, words } from '../input.ts'
import { addAccount } from '../members/add-account.ts'
import { changeAccountByCommand } from '../members/by-command.ts'
import { logAccountChange } from '../runtime/sign-in-log.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { commandLog } from './command-log.ts'
import { withRegister } from './database.ts'
import { readPassword } from './password.ts'
import { say } from './terminal.ts'

const addable = roles.filter((role) => role !== 'instructor')

const options = {
  'password-file': {
    type: 'string',
    help: 'for add and reset-password: a file that holds the password; otherwise it is asked for, or read from a pipe',
  },
  role: { type: 'string', help: `for add: ${addable.join(', ')}` },
  school: {
    type: 'string',
    help: 'for add: the first part of its address, such as northgate; the only one by default',
  },
  name: { type: 'string', help: 'for add: whose account it is; otherwise the first part of the address' },
  json: { type: 'boolean', help: 'answer as JSON' },
} as const
type Given = Values<typeof options>

interface Deed {
  says: string
  run(db: Database, address: string, given: Given): Promise<boolean>
}

async function chosenSchool(db: Database, slug: string | undefined) {
  const known = await db.select().from(schools).where(isNull(schools.archivedAt))
  const [school, other] = slug === undefined ? known : known.filter((one) => one.slug === slug)
  if (other) throw new UsageError(`Say --school: ${known.map((one) => one.slug).join(', ')}`)
  if (!school) throw new CommandError(slug ? `There is no school ${JSON.stringify(slug)}` : 'There is no school yet')
  return school
}

/** An instructor's account names an instructor's record, which an invitation chooses. */
async function add(db: Database, address: string, given: Given): Promise<boolean> {
  const role = addable.find((one) => one === given.role)
  if (!role) throw new UsageError(`Say --role: ${addable.join(', ')}. Instructors are invited on the screen Members`)
  const name = words(200).safeParse(given.name ?? address.split('@')[0])
  if (!name.success) throw new UsageError('--name takes 1 to 200 characters')
  const school = await chosenSchool(db, given.school)
  const password = await readPassword(given['password-file'])
  await addAccount(db, school, { name: name.data, email: address, role, password }, new Date())
  return true
}

const onAccount =
  (procedure: string, work: Parameters<typeof changeAccountByCommand>[3]): Deed['run'] =>
  (db, address) =>
    changeAccountByCommand(db, address, procedure, work, new Date())

const deeds: Record<string, Deed> = {
  add: { says: 'can sign in', run: add },
  'reset-password': {
    says: 'signs in with the new password from now on',
    run: async (db, address, { 'password-file': file }) =>
      resetPassword(db, address, await readPassword(file), new Date()),
  },
  disable: {
    says: 'signs in nowhere any more, and is signed out everywhere',
    run: onAccount('members.disable', disableAccount),
  },
  enable: { says: 'can sign in again', run: onAccount('members.enable', enableAccount) },
  'make-owner': {
    says: 'owns the register, and comes into every school that is added',
    run: onAccount('members.giveOwnership', makeOwner),
  },
  'end-ownership': {
    says: 'no longer owns the register',
    run: onAccount('members.giveUpOwnership', endOwnership),
  },
}

export const command = defineCommand({
  summary:
    'Makes an account, gives one another password, disables or enables it, or passes the ownership of the register on',
  usage: `user ${Object.keys(deeds).join('|')} <e-mail address> [--role <role>] [--password-file <file>] [--json]`,
  options,
  positionals: 2,
  async run(given, [what = '', whose = '']) {
    const deed = Object.hasOwn(deeds, what) ? deeds[what] : undefined
    if (!deed) throw new UsageError(`Say what to do: ${Object.keys(deeds).join(', ')}`)
    const { success, data: address } = email.safeParse(whose)
    if (!success) throw new UsageError('Say whose account: an e-mail address such as name@school.example')
    await withRegister(async (db) => {
      if (!(await deed.run(db, address, given)))
        throw new CommandError(`Nobody signs in as ${address}: check the address`)
      const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, address))
      if (user) logAccountChange(commandLog(), user.id, what)
    })
    say(given.json ? JSON.stringify({ email: address }) : `${address} ${deed.says}`)
  },
})
