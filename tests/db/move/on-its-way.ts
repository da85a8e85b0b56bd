/** A register with a row in every table, and an empty PostgreSQL for it: each test of a file finds both as they were. */
import { copyFileSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { censusOf } from '../../../db/backups/sqlite.ts'
import { move } from '../../../db/move/move.ts'
import type { MoveProgress } from '../../../db/move/moved.ts'
import type { MovePoint } from '../../../db/move/mover.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { fillRegister } from './filled-register.ts'
import { file, removeFolder } from './own-file.ts'
import { on } from './query.ts'
import { emptyDatabase } from './target-database.ts'

const filled = `${file}.filled`
export const target = { url: '', drop: async (): Promise<unknown> => undefined }

export async function anotherTarget(): Promise<void> {
  await target.drop()
  Object.assign(target, await emptyDatabase())
}
export const fileAsFilled = (): void => copyFileSync(filled, file)

beforeAll(async () => {
  await fillRegister()
  copyFileSync(file, filled)
})
beforeEach(async () => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
  fileAsFilled()
  Object.assign(target, await emptyDatabase())
})
afterEach(() => target.drop())
afterAll(removeFolder)

export const options = (tell: (progress: MoveProgress) => void = () => {}) => ({
  file,
  url: target.url,
  folder: 'drizzle',
  tell,
})
/** Ends the mover where its process could die. */
export const endedAt = (point: MovePoint) =>
  move({
    ...options(),
    at: (reached) => {
      if (reached === point) throw new Error('the mover ends')
    },
  })

export const inFile = <T>(work: (client: InstanceType<typeof Sqlite>) => T): T => {
  const client = new Sqlite(file)
  try {
    return work(client)
  } finally {
    client.close()
  }
}
export const censusOfFile = () => inFile(censusOf).tables

/** Of the register, and of drizzle-kit's ledger. */
export const tablesOfTarget = () =>
  on(
    target.url,
    `select relname from pg_class where relkind = 'r' and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
  )
