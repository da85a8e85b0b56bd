import { readConfig } from '../config.ts'
import { start } from '../main.ts'
import { defineCommand } from './command.ts'

export const command = defineCommand({
  summary: 'Serves the register: migrates the database, then listens at HOST and PORT until it is told to stop',
  usage: 'start [--port <number>] [--host <address>]',
  options: {
    port: { type: 'string', help: 'instead of PORT' },
    host: { type: 'string', help: 'instead of HOST' },
  },
  async run({ port, host }) {
    await start(readConfig({ ...(port && { PORT: port }), ...(host && { HOST: host }) }))
  },
})
