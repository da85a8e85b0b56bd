import { readConfig } from '../config.ts'
import { Primary } from '../primary/primary.ts'
import { defineCommand } from './command.ts'

export const command = defineCommand({
  summary: 'Serves the register: migrates the database, then listens at HOST and PORT until a signal stops it',
  usage: 'start [--port <number>] [--host <address>]',
  options: {
    port: { type: 'string', help: 'instead of PORT' },
    host: { type: 'string', help: 'instead of HOST' },
  },
  async run({ port, host }) {
    const instead = { ...(port && { PORT: port }), ...(host && { HOST: host }) }
    const config = readConfig(instead)
    // The workers read the settings from the environment again, and hash alike.
    Object.assign(process.env, instead, { LOG_HASH_KEY: config.logHashKey })
    await new Primary(config).start()
  },
})
