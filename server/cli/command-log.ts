import { destination } from 'pino'
import { readConfig } from '../config.ts'
import type { Log } from '../runtime/logging.ts'
import { createLog } from '../runtime/logging.ts'

export const commandLog = (): Log => createLog(readConfig(), destination({ dest: 2, sync: true }))
