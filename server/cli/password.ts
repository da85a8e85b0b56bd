/** A password comes from a file, a pipe or the keyboard, and never from an argument, which other users could see. */
import { readFileSync } from 'node:fs'
import { administratorFields, passwordLength } from '../auth/input.ts'
import { CommandError, UsageError } from './command.ts'
import { ask, isTerminal, readInput } from './prompt.ts'
import { complain } from './terminal.ts'

const says = `The password must have ${passwordLength.min} to ${passwordLength.max} characters`
const fits = (password: string) => administratorFields.password.safeParse(password).success

function checked(password: string): string {
  if (!fits(password)) throw new CommandError(says)
  return password
}

function fromFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw new UsageError(`${path} can't be read: --password-file names a file that holds the password`)
  }
}

async function typed(): Promise<string> {
  for (;;) {
    const first = await ask('Password (not shown)', { hidden: true })
    if (!fits(first)) complain(says)
    else if ((await ask('The same password again', { hidden: true })) === first) return first
    else complain('The two are not the same')
  }
}

export async function readPassword(file: string | undefined): Promise<string> {
  if (file !== undefined) return checked(fromFile(file))
  return isTerminal() ? typed() : checked(await readInput())
}

export async function readKnownPassword(file: string | undefined): Promise<string> {
  if (file !== undefined) return fromFile(file)
  return isTerminal() ? ask('Password (not shown)', { hidden: true }) : readInput()
}
