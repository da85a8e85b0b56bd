import { readConfig } from '../config.ts'
import { work } from '../main.ts'
import { CommandError, defineCommand } from './command.ts'
import { sentenceOf } from './sentences.ts'
import { complain } from './terminal.ts'

export const command = defineCommand({
  summary: 'What "start" runs to serve; not to be typed',
  usage: 'worker',
  options: {},
  async run() {
    if (!process.connected) throw new CommandError('A worker is started by "homeroom start"')
    try {
      await work(readConfig())
    } catch (error) {
      // The channel to the primary would keep the process running.
      complain(sentenceOf(error))
      process.exit(1)
    }
  },
})
