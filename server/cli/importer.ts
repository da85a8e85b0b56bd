import { setTimeout as sleep } from 'node:timers/promises'
import { open } from '../../db/open.ts'
import { readConfig } from '../config.ts'
import { workOnNext } from '../imports/work.ts'
import { createLog, described } from '../runtime/logging.ts'
import { CommandError, defineCommand } from './command.ts'

/** In ms. Whoever looks at a comparison will soon bring it in. */
const lingerFor = 60_000

export const command = defineCommand({
  summary: 'What a worker runs to bring in bundles from the browser; not to be typed',
  usage: 'importer',
  options: {},
  async run() {
    if (!process.connected) throw new CommandError('An importer is started by "homeroom start"')
    const log = createLog(readConfig())
    let end = new AbortController()
    let isStopping = false
    const stop = () => {
      isStopping = true
      end.abort()
    }
    process.on('disconnect', stop)
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop)
    process.on('message', () => end.abort())
    const db = await open()
    const options = {
      now: () => new Date(),
      isStopping: () => isStopping,
      log: ({ error }: { error: unknown }) => log.error({ error: described(error) }, 'an import could not go on'),
    }
    let since = performance.now()
    while (!isStopping && performance.now() - since < lingerFor) {
      if (await workOnNext(db, options)) since = performance.now()
      else await sleep(lingerFor, undefined, { signal: end.signal }).catch(() => undefined)
      if (!isStopping) end = new AbortController()
    }
    await db.close()
    // The channel to the worker would keep the process running.
    process.exit(0)
  },
})
