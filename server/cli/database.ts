import type { Database } from '../../db/database.ts'
import { migrationStatus } from '../../db/migrate.ts'
import type { MigrationStatus } from '../../db/migration-run.ts'
import { leftSentence } from '../../db/move/movable.ts'
import { open } from '../../db/open.ts'
import { place } from '../../db/place.ts'
import { migrations } from '../runtime/folders.ts'
import { applySteps } from './apply-steps.ts'
import { CommandError } from './command.ts'
import { complain } from './terminal.ts'

async function closing<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

/** Migrates the database of DATABASE_URL first, where there is none makes it, and closes it afterwards. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const { made, copy, unvalidated = [] } = await applySteps()
  if (made) complain(made)
  if (copy) complain(`The database was brought up to this version. A copy from before is at ${copy}`)
  for (const reason of unvalidated) complain(reason)
  return closing(await open(), work)
}

/** Changes nothing. Throws `CommandError` where DATABASE_URL leads to no register. */
export async function statusOfRegister(): Promise<MigrationStatus> {
  const status = await migrationStatus(migrations)
  if (status.applied.length) return status
  throw new CommandError(
    `There is no register at ${place()}, and none was made. Check DATABASE_URL, or make one there with npx homeroom init`,
  )
}

/** For commands that change a register which must be there already. Migrates it first. */
export async function withRegister<T>(work: (db: Database) => Promise<T>): Promise<T> {
  await statusOfRegister()
  return withDatabase(work)
}

/** For commands that only look: they make no register, and bring none up to this version. */
export async function lookingAt<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const { applied, pending } = await statusOfRegister()
  if (pending.length)
    throw new CommandError(
      `The register at ${place()} is of an older version, at step ${applied.at(-1)?.name}: ${pending.length} ${pending.length === 1 ? 'step is' : 'steps are'} pending. Nothing was changed. Run npx homeroom migrate first, or this command of the version that serves it`,
    )
  const left = leftSentence()
  if (left) complain(left)
  return closing(await open({ readonly: true }), work)
}
