import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Keeper, Side } from '../../db/backups/keeper.ts'
import { openKeeper } from '../../db/backups/open.ts'
import { open } from '../../db/open.ts'
import { installation } from '../../db/schema/index.ts'
import { journalHeads } from '../journal/heads.ts'
import { BackupError } from './backup-error.ts'
import { rememberErased } from './erased.ts'
import { makeBackup } from './folder.ts'
import type { BackupKey } from './key.ts'
import type { Manifest } from './manifest.ts'
import { writeManifest } from './manifest.ts'
import type { Steps } from './prove.ts'
import { proveContents, proveJournals, refuseNewer } from './prove.ts'
import { store, takeOut } from './stored-file.ts'

export interface BackupOptions {
  folder: string
  key: BackupKey | undefined
  version: string
  steps: Steps
  /** On PostgreSQL, an empty database in which a copy is looked at. */
  scratchUrl: string | undefined
}

export interface Created {
  name: string
  place: string
  manifest: Manifest
}

async function before({ folder, key }: BackupOptions) {
  const db = await open()
  try {
    const [own] = await db.select({ id: installation.id }).from(installation)
    await rememberErased(db, folder, key)
    return { installation: own?.id ?? null, heads: await journalHeads(db) }
  } finally {
    await db.close()
  }
}

type Before = Awaited<ReturnType<typeof before>>

async function copied(
  own: Keeper,
  place: string,
  { key, version }: BackupOptions,
  known: Before,
): Promise<Omit<Manifest, 'verifiedAt'>> {
  const work = key ? own.workFolder() : place
  try {
    const plain = join(work, own.fileName)
    const createdAt = new Date().toISOString()
    const { census, took } = await own.copyTo(plain)
    const begun = performance.now()
    const name = key ? `${own.fileName}.encrypted` : own.fileName
    const file = { name, ...(await store(plain, join(place, name), key)) }
    return {
      format: 1,
      homeroom: version,
      database: own.database,
      installation: known.installation,
      createdAt,
      census,
      heads: [],
      file,
      encryption: key ? { cipher: 'aes-256-gcm in frames', key: key.id } : null,
      problem: null,
      took: { copy: Math.round(took + performance.now() - begun), verify: 0 },
    }
  } finally {
    if (key) rmSync(work, { recursive: true, force: true })
  }
}

/** What is wrong with the register's own journals. Throws where the copy lacks what was saved before it began. */
async function journalsOf(side: Side, made: Omit<Manifest, 'verifiedAt'>, { steps }: BackupOptions, { heads }: Before) {
  const reached = await proveJournals(side, made, steps, heads)
  if (reached.problem === null) return reached
  const alone = await proveJournals(side, made, steps, [])
  if (alone.problem === null)
    throw new BackupError(
      'contents.differ',
      `The copy lacks what was saved before it began: ${reached.problem}. Take another backup`,
    )
  return alone
}

async function verified(
  own: Keeper,
  place: string,
  made: Omit<Manifest, 'verifiedAt'>,
  options: BackupOptions,
  known: Before,
): Promise<Manifest> {
  const begun = performance.now()
  const work = own.workFolder()
  try {
    const plain = join(work, own.fileName)
    await takeOut(place, { ...made, verifiedAt: null }, options.key, plain)
    const side = await own.sideOf(plain, options.scratchUrl)
    try {
      await proveContents(side, made)
      const { heads, problem } = await journalsOf(side, made, options, known)
      const took = { ...made.took, verify: Math.round(performance.now() - begun) }
      return { ...made, heads, problem, took, verifiedAt: problem === null ? new Date().toISOString() : null }
    } finally {
      await side.drop()
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Opens the copy again before the backup gets its name. Where the register's journal is broken, it stays unverified, with its `problem`. Throws, and leaves nothing, where the copy is not good. */
export async function createBackup(options: BackupOptions): Promise<Created> {
  const own = await openKeeper()
  await own.requireRegister()
  const known = await before(options)
  const { name, made } = await makeBackup(options.folder, new Date(), async (place) => {
    const copy = await copied(own, place, options, known)
    refuseNewer(copy, options.steps)
    const manifest = await verified(own, place, copy, options, known)
    await writeManifest(place, manifest, options.key)
    return manifest
  })
  return { name, place: join(options.folder, name), manifest: made }
}
