import type { z } from 'zod'
import type { Database } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { place } from '../../db/place.ts'
import type { FirstAdministrator } from '../auth/first-administrator.ts'
import { createFirstAdministrator, isSetUp } from '../auth/first-administrator.ts'
import { administratorFields } from '../auth/input.ts'
import { canonical, sha256 } from '../canonical.ts'
import { DomainError } from '../errors.ts'
import { logAccountChange } from '../runtime/sign-in-log.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand } from './command.ts'
import { commandLog } from './command-log.ts'
import { withDatabase } from './database.ts'
import { readPassword } from './password.ts'
import { ask, isTerminal } from './prompt.ts'
import { schoolChecks } from './school.ts'
import { complain, say } from './terminal.ts'

const options = {
  name: { type: 'string', help: 'of the first administrator' },
  email: { type: 'string', help: 'to sign in with' },
  school: { type: 'string', help: 'a first school to make; without one, an import brings them' },
  'time-zone': { type: 'string', help: 'of the school, such as Europe/London; this machine’s by default' },
  locale: { type: 'string', help: 'of the school, such as en-GB; this machine’s by default' },
  'password-file': {
    type: 'string',
    help: 'a file that holds the password; otherwise it is asked for, or read from a pipe',
  },
  json: { type: 'boolean', help: 'answer as JSON' },
} as const
type Given = Values<typeof options>

const setUpAlready = () =>
  new CommandError(`The register at ${place()} is set up already. Sign in; an administrator can let more people in`)

const checks = {
  name: [administratorFields.name, 'The name must have 1 to 200 characters'],
  email: [administratorFields.email, 'The e-mail address must look like name@school.example'],
  ...schoolChecks,
} as const satisfies Record<string, readonly [z.ZodType, string]>

function checked(field: keyof typeof checks, value: string): string {
  const [schema, says] = checks[field]
  const { success, data } = schema.safeParse(value)
  if (!success) throw new CommandError(says)
  return data
}

/** A wrong answer is asked for again; a wrong option fails at once. */
async function checkedAnswer(field: keyof typeof checks, given: string | undefined, question: string) {
  if (given !== undefined) return checked(field, given)
  for (;;) {
    const answer = await ask(question)
    try {
      return checked(field, answer)
    } catch (error) {
      complain((error as Error).message)
    }
  }
}

async function firstSchool(given: Given): Promise<FirstAdministrator['school']> {
  const nobodyToAsk = !isTerminal() || given.name !== undefined
  const name = given.school ?? (nobodyToAsk ? '' : await ask('School (leave empty when an import brings it)'))
  if (!name.trim()) return undefined
  const here = new Intl.DateTimeFormat().resolvedOptions()
  return {
    name: checked('school', name),
    timeZone: checked('time-zone', given['time-zone'] ?? here.timeZone),
    locale: checked('locale', given.locale ?? here.locale),
  }
}

async function init(db: Database, given: Given): Promise<void> {
  if (await isSetUp(db)) throw setUpAlready()
  const name = await checkedAnswer('name', given.name, 'Your name')
  const email = await checkedAnswer('email', given.email, 'Your e-mail address')
  const secret = await readPassword(given['password-file'])
  const school = await firstSchool(given)
  const inputHash = sha256(canonical({ name, email, school }))
  const operation = { id: newId(), procedure: 'setup.create', inputHash, way: 'cli' } as const
  try {
    const owner = await createFirstAdministrator(
      db,
      operation,
      { name, email, password: secret, ...(school && { school }) },
      new Date(),
      async (_tx, userId) => userId,
    )
    logAccountChange(commandLog(), owner, 'init')
  } catch (error) {
    throw error instanceof DomainError && error.reason === 'link.expired' ? setUpAlready() : error
  }
  if (given.json) return say(JSON.stringify({ email, school: school?.name ?? null, register: place() }))
  say(`${name} is the administrator${school ? ` of ${school.name}` : ''}. Sign in as ${email}`)
  say(`The register is ${place()}`)
}

export const command = defineCommand({
  summary: 'Sets the register up: makes the first administrator and, if a school is named, the first school',
  usage: 'init [--name <name> --email <address>] [options]',
  options,
  run: (given) => withDatabase((db) => init(db, given)),
})
