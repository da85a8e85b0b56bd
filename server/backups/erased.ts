/** Who was erased is kept beside the backups, by id: an older backup would bring the person back. Places where files can only be added can keep a file for each. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { asc, eq, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import { giveToOwnerOf, settled, syncFolder, temporary } from '../../db/backups/on-disk.ts'
import type { Database, Reader } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { guardians, instructors, schools, students } from '../../db/schema/index.ts'
import { canonical, sha256 } from '../canonical.ts'
import type { MutationContext, School } from '../context.ts'
import { mutate } from '../journal/operation.ts'
import { dependentsOf, kinds } from '../kinds.ts'
import { archiveRecord } from '../records/archive.ts'
import { erasePeople } from '../records/erase.ts'
import { findRow } from '../records/kind.ts'
import { BackupError } from './backup-error.ts'
import type { BackupKey } from './key.ts'
import { sealOf } from './key.ts'

const tables = { student: students, guardian: guardians, instructor: instructors } as const
const people = ['student', 'guardian', 'instructor'] as const

const erased = z.strictObject({
  schoolId: z.int().min(1),
  entity: z.enum(people),
  id: z.uuid(),
  erasedAt: z.iso.datetime(),
})
export type Erased = z.infer<typeof erased>

const listOf = (folder: string) => join(folder, 'erased')
const personOf = ({ schoolId, entity, id }: Erased) => `${schoolId}-${entity}-${id}`
/** Each key has a file of its own: a new key takes no older one's seal away. */
const fileOf = (one: Erased, key: BackupKey | undefined) => `${personOf(one)}${key ? `-${key.id}` : ''}.json`

async function erasedIn(db: Reader): Promise<Erased[]> {
  const found: Erased[] = []
  for (const entity of people) {
    const { schoolId, id, erasedAt } = tables[entity]
    const rows = await db.select({ schoolId, id, erasedAt }).from(tables[entity]).where(isNotNull(erasedAt))
    for (const row of rows)
      if (row.erasedAt) found.push({ schoolId: row.schoolId, entity, id: row.id, erasedAt: row.erasedAt.toISOString() })
  }
  return found
}

const sealed = erased.extend({ seal: z.string().optional() })
const sealOfErased = (one: Erased, key: BackupKey | undefined) => key && sealOf(canonical(one), key, 'erased')

/** A full disk or a kill leaves no file that tells nothing. */
async function write(list: string, one: Erased, key: BackupKey | undefined): Promise<void> {
  const file = fileOf(one, key)
  const unfinished = temporary(join(list, `.${file}-${process.pid}`))
  const handle = await open(unfinished, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify({ ...one, seal: sealOfErased(one, key) })}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  giveToOwnerOf(list, unfinished)
  renameSync(unfinished, join(list, file))
  settled(unfinished)
}

async function add(all: readonly Erased[], folder: string, key: BackupKey | undefined): Promise<number> {
  const list = listOf(folder)
  if (mkdirSync(list, { recursive: true, mode: 0o700 })) giveToOwnerOf(folder, list)
  const isKnown = (one: Erased) => {
    if (!key) return Boolean(statSync(join(list, fileOf(one, key)), { throwIfNoEntry: false })?.size)
    // An older version signed the file without a key in its name. What was written before there was a key is signed now.
    const seals = [key, undefined].map((named) => parsed(join(list, fileOf(one, named)))?.seal)
    return seals.includes(sealOfErased(one, key))
  }
  const added = all.filter((one) => !isKnown(one))
  for (const one of added) await write(list, one, key)
  if (added.length) await syncFolder(list)
  return added.length
}

export const rememberErased = async (db: Reader, folder: string, key?: BackupKey): Promise<number> =>
  add(await erasedIn(db), folder, key)

/** Whoever is erased in the register, added to the list where the folder can be written in. */
export async function tellErased(db: Reader, folder: string, key?: BackupKey): Promise<Erased[]> {
  const all = await erasedIn(db)
  await add(all, folder, key).catch(() => undefined)
  return all
}

function parsed(file: string) {
  try {
    return sealed.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Throws a sentence for a file that is no line of the list: somebody could come back unseen. A key believes only files that it has signed; without one all are believed. */
export function readErased(folder: string, key?: BackupKey): Erased[] {
  const list = listOf(folder)
  if (!existsSync(list)) return []
  // rsync and others write under a name that begins with a dot first.
  const names = readdirSync(list).filter((name) => !name.startsWith('.'))
  const known = new Map<string, Erased>()
  const unsigned = new Map<string, string>()
  for (const name of names) {
    const file = join(list, name)
    const found = parsed(file)
    if (!found)
      throw new Error(`${file} can't be read: it should say who was erased. Mend or remove it, then run this again`)
    const { seal, ...one } = found
    if (!key || seal === sealOfErased(one, key)) known.set(personOf(one), one)
    else unsigned.set(personOf(one), file)
  }
  const [file] = [...unsigned].flatMap(([person, own]) => (known.has(person) ? [] : own))
  if (file)
    throw new BackupError(
      'erased.unsigned',
      `${file} is not signed with the key: another one may have signed it, or whoever can write in the folder made it to have somebody erased. Look at it, and say --believe-erased to erase all of the list again`,
    )
  return [...known.values()]
}

const newOperation = (procedure: string, one: Erased) => ({
  id: newId(),
  procedure,
  inputHash: sha256(canonical(one)),
  way: 'cli' as const,
})

async function eraseOne(db: Database, school: School, one: Erased, now: Date): Promise<boolean> {
  const { entity, id } = one
  const kind = kinds[entity]
  const row = await findRow(db, kind, school.id, id)
  if (!row || ('erasedAt' in row && row.erasedAt)) return false
  const actor = { userId: null, role: 'administrator' as const, instructorId: null }
  const ctx = (procedure: string): MutationContext => ({
    db,
    school,
    actor,
    now,
    operation: newOperation(procedure, one),
  })
  if (!row.archivedAt) {
    const own = ctx(`${entity}s.archive`)
    const seen = { id, version: row.version }
    await mutate(
      own,
      { deed: 'archive', about: entity },
      (tx) => archiveRecord(tx, own, kind, { ...seen, standing: 'keep' }),
      async () => {},
    )
  }
  const own = ctx(`${entity}s.erase`)
  await mutate(
    own,
    { deed: 'erase', about: entity },
    (tx) => erasePeople(tx, own, kind, dependentsOf(entity), [id]),
    async () => {},
  )
  return true
}

export async function eraseAgain(db: Database, list: readonly Erased[], now: Date): Promise<number> {
  let count = 0
  for (const schoolId of [...new Set(list.map((one) => one.schoolId))].sort((one, other) => one - other)) {
    const [school] = await db.select().from(schools).where(eq(schools.id, schoolId)).orderBy(asc(schools.id))
    if (!school) continue
    for (const one of list.filter((each) => each.schoolId === schoolId))
      if (await eraseOne(db, school, one, now)) count++
  }
  return count
}
