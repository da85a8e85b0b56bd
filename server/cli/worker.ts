import { follow } from '../../db/setting.ts'
import { readConfig } from '../config.ts'
import { CommandError, defineCommand } from './command.ts'
import { sentenceOf } from './sentences.ts'
import { complain } from './terminal.ts'

export const command = defineCommand({
  summary: 'What "start" runs to serve; not to be typed',
  usage: 'worker [--ahead]',
  options: { ahead: { type: 'boolean', help: 'waits at MOVE_TARGET_URL for the register' } },
  async run({ ahead }) {
    if (!process.connected) throw new CommandError('A worker is started by "homeroom start"')
    if (ahead) follow('ahead')
    try {
      // Whatever knows the database chooses it when it is loaded.
      const { work } = await import('../main.ts')
      await work(readConfig())
    } catch (error) {
      // The channel to the primary would keep the process running.
      complain(sentenceOf(error))
      process.exit(1)
    }
  },
})
