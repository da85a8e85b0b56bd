import { readConfig } from '../config.ts'
import { Primary } from '../primary/primary.ts'
import { defineCommand } from './command.ts'

/**
 * In bytes, for glibc: larger pieces go back to the system when they are freed. By itself it moves the limit up to the
 * 19 MiB that a password's hash takes, and keeps tens of MB for good after the first one.
 */
const allocator = { MALLOC_MMAP_THRESHOLD_: '1048576', MALLOC_TRIM_THRESHOLD_: '8388608' }

export const command = defineCommand({
  summary: 'Serves the register: migrates the database, then listens at HOST and PORT until it is told to stop',
  usage: 'start [--port <number>] [--host <address>]',
  options: {
    port: { type: 'string', help: 'instead of PORT' },
    host: { type: 'string', help: 'instead of HOST' },
  },
  async run({ port, host }) {
    const instead = { ...(port && { PORT: port }), ...(host && { HOST: host }) }
    const config = readConfig(instead)
    // The workers read it again.
    Object.assign(process.env, { ...allocator, ...process.env, ...instead })
    await new Primary(config).start()
  },
})
