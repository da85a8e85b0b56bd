/** A register in a file, served by real processes, and an empty PostgreSQL for it to move to. */
import { join } from 'node:path'
import { emptyDatabase } from '../../db/move/target-database.ts'
import type { Running } from '../../setup/server.ts'
import { homeroom, startServer, temporaryFolder } from '../../setup/server.ts'
import { StepMover } from './step-mover.ts'

export const email = 'ada@school.example'
export const password = 'nine tall red chimneys'
export const school = 'northgate'

export interface MovingSite {
  file: string
  url: string
  env: Record<string, string>
  mover: StepMover
  start(env?: Record<string, string>): Promise<Running>
  done(): Promise<void>
}

export async function movingSite(): Promise<MovingSite> {
  const folder = temporaryFolder()
  const file = join(folder.path, 'homeroom.db')
  const target = await emptyDatabase()
  const env = { DATABASE_URL: `file:${file}`, DATABASE_DIRECT_URL: '', MOVE_TARGET_URL: target.url }
  const about = ['--name', 'Ada Abara', '--email', email, '--school', 'Northgate', '--time-zone', 'Europe/London']
  const made = await homeroom(['init', ...about], { env, input: `${password}\n` })
  if (made.code !== 0) throw new Error(made.output)
  const mover = new StepMover(file, env)
  const running: Running[] = []
  return {
    file,
    url: target.url,
    env,
    mover,
    async start(more = {}) {
      const server = await startServer({ ...env, DRAIN_LINGER_MS: '100', ...more })
      running.push(server)
      return server
    },
    async done() {
      for (const server of running) await server.kill()
      await mover.end()
      await target.drop()
      folder.done()
    },
  }
}
