/** A server of its own on the copy, visited as `homeroom check` visits one, by an account that is in the copy alone. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { asc, isNull } from 'drizzle-orm'
import type { Side } from '../../db/backups/keeper.ts'
import { schools } from '../../db/schema/index.ts'
import '../kinds.ts'
import { addAccount } from '../members/add-account.ts'
import { entry } from '../runtime/folders.ts'
import { environmentFor } from './backup-steps.ts'
import { Visitor } from './check-steps.ts'
import { CommandError } from './command.ts'

const patienceMs = 30_000
const account = { name: 'Rehearsal', email: 'rehearsal@homeroom.invalid', role: 'viewer' } as const

async function addVisitor(side: Side, password: string): Promise<boolean> {
  const db = await side.open()
  try {
    const [school] = await db.select().from(schools).where(isNull(schools.archivedAt)).orderBy(asc(schools.id)).limit(1)
    if (school) await addAccount(db, school, { ...account, password }, new Date())
    return school !== undefined
  } finally {
    await db.close()
  }
}

/** The settings of the real server name its ports and folders. */
function settingsFor({ url }: Side): NodeJS.ProcessEnv {
  const { BACKUP_FOLDER: _folder, METRICS_PORT: _metrics, PUBLIC_URL: _public, ...env } = environmentFor(url)
  return { ...env, HOST: '127.0.0.1', PORT: '0', WORKERS: '1', DRAIN_DELAY_MS: '0', LOG_LEVEL: 'silent' }
}

function started(side: Side) {
  const child = spawn(process.execPath, [...process.execArgv, entry, 'start'], {
    env: settingsFor(side),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGTERM'))
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, at] = /^Homeroom is at (http\S+)$/.exec(line) ?? []
      if (at) resolve(at)
    })
    void ended.then(() => reject(new CommandError('A server could not be started on the copy')))
  })
  return { child, ended, url }
}

export async function visitCopy(side: Side): Promise<string[]> {
  const password = randomBytes(24).toString('base64url')
  const hasSchool = await addVisitor(side, password)
  const { child, ended, url } = started(side)
  try {
    const visitor = new Visitor({ url: await url, email: account.email, password, patience: patienceMs })
    const done: string[] = []
    for (const [name, take] of hasSchool ? visitor.steps : visitor.steps.slice(0, 3)) {
      await take()
      done.push(name)
    }
    return done
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}
