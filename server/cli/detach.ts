import { detach } from '../runtime/installation.ts'
import { defineCommand } from './command.ts'
import { commandLog } from './command-log.ts'
import { withRegister } from './database.ts'
import { say } from './terminal.ts'

export const command = defineCommand({
  summary: 'Makes a copied register one of its own: ends the sessions and links that were copied with it',
  usage: 'detach [--json]',
  options: { json: { type: 'boolean', help: 'answer as JSON' } },
  async run({ json }) {
    const installation = await withRegister(detach)
    commandLog().info({ way: 'cli' }, 'all sessions and links were ended on the command line')
    say(
      json
        ? JSON.stringify({ installation })
        : `The register is installation ${installation} now. All sessions and links in it have ended: restart its servers, then sign in again`,
    )
  },
})
