import { resetPassword } from '../auth/reset-password.ts'
import { email } from '../input.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { withDatabase } from './database.ts'
import { readPassword } from './password.ts'

export const command = defineCommand({
  summary: 'Gives somebody another password, for when nobody else can, and ends their sessions',
  usage: 'user reset-password <e-mail address> [--password-file <file>] [--json]',
  options: {
    'password-file': {
      type: 'string',
      help: 'a file that holds the password; otherwise it is asked for, or read from a pipe',
    },
    json: { type: 'boolean', help: 'answer as JSON' },
  },
  positionals: 2,
  async run({ 'password-file': file, json }, [what, whose = '']) {
    if (what !== 'reset-password') throw new UsageError('Say "user reset-password <e-mail address>"')
    const { success, data: address } = email.safeParse(whose)
    if (!success) throw new UsageError('Say whose password: an e-mail address such as name@school.example')
    await withDatabase(async (db) => {
      const password = await readPassword(file)
      if (!(await resetPassword(db, address, password, new Date())))
        throw new CommandError(`Nobody signs in as ${address}: check the address`)
    })
    console.log(json ? JSON.stringify({ email: address }) : `${address} signs in with the new password from now on`)
  },
})
