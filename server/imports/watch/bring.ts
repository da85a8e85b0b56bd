import type { Database } from '../../../db/database.ts'
import { hasChangesAlone } from '../../oneroster/comparison/row-counts.ts'
import type { ImportOptions, ImportResult } from '../../oneroster/import.ts'
import { importBundle } from '../../oneroster/import.ts'
import type { Staged } from '../../oneroster/read/stage.ts'
import { BundleError } from '../../oneroster/report.ts'
import type { Failure } from '../outcomes.ts'
import { failureOf, filedUnder, outcomeOf } from '../outcomes.ts'
import { codeOf } from './arrivals.ts'
import type { Taken } from './folder.ts'

export interface Brought {
  source: string
  failure?: Failure
  result?: ImportResult
  notes: readonly string[]
  error?: unknown
}

export class StoppedError extends Error {
  override name = 'StoppedError'
}
class HeldError extends BundleError {}

/** A later bundle of changes alone does not repeat what the bundle before it would have changed. */
async function refuseHeld(db: Database, source: string, staged: Staged): Promise<void> {
  const before = await outcomeOf(db, source)
  if (before?.outcome !== 'failed' || !hasChangesAlone(staged)) return
  throw new HeldError(
    `it holds changes alone, and ${before.name} before it was not brought in: bring in a complete bundle, or first that one and then this one by homeroom import`,
  )
}

/** These pass, or somebody mends them, and the same bundle may then be brought in. */
const isPassing = (error: unknown) =>
  error instanceof StoppedError ||
  (error instanceof Error && error.name === 'UnavailableError') ||
  (typeof codeOf(error) === 'string' &&
    /^E(NOSPC|DQUOT|IO|MFILE|NFILE|NOMEM|STALE|NOENT|AGAIN|BUSY|ROFS)$/.test(codeOf(error) ?? ''))

const sentenceOf = (error: Error, { path, name }: Taken) => error.message.replaceAll(path, name)

function refusal(error: unknown, taken: Taken): Pick<Brought, 'failure' | 'notes' | 'error'> {
  if (error instanceof BundleError) {
    const reason = error instanceof HeldError ? 'held' : 'refused'
    return { failure: { reason, sentence: sentenceOf(error, taken) }, notes: error.notes }
  }
  if (codeOf(error) === 'EACCES')
    return { failure: { reason: 'refused', sentence: 'a file in it may not be read by this account' }, notes: [] }
  return { failure: { reason: 'internal', sentence: 'an error that nobody foresaw: see the log' }, notes: [], error }
}

export async function bring(db: Database, folder: string, taken: Taken, settings: ImportOptions): Promise<Brought> {
  let source = settings.source
  const onStaged = async (staged: Staged) => {
    source ??= await filedUnder(db, folder, staged.manifest.systemCode)
    await refuseHeld(db, source, staged)
  }
  try {
    const result = await importBundle(db, taken.path, { ...settings, onStaged })
    const failure = failureOf(result)
    const under = failure ? (source ?? result.source) : result.source
    return { source: under, result, notes: result.notes, ...(failure && { failure }) }
  } catch (error) {
    if (isPassing(error)) throw error
    return { source: source ?? (await filedUnder(db, folder, null)), ...refusal(error, taken) }
  }
}
