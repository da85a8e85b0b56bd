/** A school that comes as files is there whole or not at all: one transaction writes it, after all of it was read and checked. */
import { desc, eq, max } from 'drizzle-orm'
import type { Database, Reader, Transaction } from '../../db/database.ts'
import { register } from '../../db/database.ts'
import { ConstraintError } from '../../db/errors.ts'
import { UnstorableError } from '../../db/kinds.ts'
import { newId } from '../../db/kit.ts'
import { journal, journalSeals, schools } from '../../db/schema/index.ts'
import { isSetUp } from '../auth/first-administrator.ts'
import { canonical, sha256 } from '../canonical.ts'
import { Bulk } from '../journal/bulk.ts'
import { verifySchool } from '../journal/verify.ts'
import { isReservedSlug } from '../schools/create.ts'
import type { Archive } from './archive.ts'
import { openArchive } from './archive.ts'
import { AccountCheck, receiveAccounts } from './arriving-accounts.ts'
import { receiveMembers, receiveViews } from './arriving-members.ts'
import type { Manifest } from './manifest.ts'
import { slugForm } from './manifest.ts'
import { accountsIn, rowsIn, writeTable } from './rows.ts'
import { SchoolFilesError } from './school-files-error.ts'
import { fileOf, going } from './tables.ts'

type SchoolRow = typeof schools.$inferSelect
export interface ImportOptions {
  /** The first part of its address here; that of the file where it is undefined. */
  slug?: string | undefined
  /** The steps of the schema that this version knows. */
  steps: readonly string[]
  now: Date
}
export interface Imported {
  school: SchoolRow
  manifest: Manifest
  invited: number
}

/** These are written last, with what changes in them when they arrive. */
const isPersonal = (key: string) => key === 'memberships' || key === 'savedViews'
const naming: Partial<Record<string, string>> = { memberships: 'userId', savedViews: 'userId', operations: 'actorId' }

async function check(archive: Archive): Promise<void> {
  const accounts = new AccountCheck()
  for await (const some of accountsIn(archive)) for (const one of some) accounts.add(one)
  for (const key of going)
    for await (const rows of rowsIn(archive, key))
      for (const row of rows) {
        accounts.require(row[naming[key] ?? ''], fileOf(key))
        if (key === 'memberships') accounts.requireMember(row.userId)
      }
}

async function refuseTaken(tx: Reader, { school }: Manifest, slug: string): Promise<void> {
  if (!slugForm.test(slug) || isReservedSlug(slug))
    throw new SchoolFilesError(
      `No school's address can begin with ${JSON.stringify(slug)}: say with --as another first part, such as northgate`,
    )
  const all = await tx
    .select({ slug: schools.slug, source: schools.source, sourcedId: schools.sourcedId })
    .from(schools)
  if (all.some((one) => one.slug === slug))
    throw new SchoolFilesError(
      `There is a school ${slug} already. Nothing was changed: say with --as which first part of its address this one is to have`,
    )
  const isTaken = (one: (typeof all)[number]) => one.source === school.source && one.sourcedId === school.sourcedId
  if (school.source !== null && school.sourcedId !== null && all.some(isTaken))
    throw new SchoolFilesError(
      'Another school comes from the same source under the same id already. Nothing was changed: it may be this one',
    )
}

/** The journal knows schools by their ids, so none is taken that this one had before. */
async function freeId(tx: Reader, former: readonly number[]): Promise<number> {
  const [highest] = await tx.select({ id: max(schools.id) }).from(schools)
  let id = (highest?.id ?? 0) + 1
  while (former.includes(id)) id++
  return id
}

async function formerIds(archive: Archive): Promise<number[]> {
  const former = [archive.manifest.school.id]
  for await (const seals of rowsIn(archive, 'journalSeals'))
    former.push(...seals.map(({ formerId }) => Number(formerId)))
  return former
}

async function addSchool(tx: Transaction, archive: Archive, slug: string): Promise<SchoolRow> {
  const { archivedAt, ...told } = archive.manifest.school
  const row: SchoolRow = {
    ...told,
    id: await freeId(tx, await formerIds(archive)),
    slug,
    version: told.version + 1,
    archivedAt: archivedAt === null ? null : new Date(archivedAt),
  }
  await tx.insert(schools).values(row)
  return row
}

/** The chain as it came, which is to end as it did where it was exported. */
async function sealJournal(tx: Transaction, { manifest }: Archive, school: SchoolRow, now: Date): Promise<void> {
  const { number, hash, broken } = manifest.journal
  const [last] = await tx
    .select({ number: journal.number, hash: journal.hash })
    .from(journal)
    .where(eq(journal.schoolId, school.id))
    .orderBy(desc(journal.number))
    .limit(1)
  if (last)
    await tx.insert(journalSeals).values({ ...last, schoolId: school.id, formerId: manifest.school.id, at: now })
  const report = await verifySchool(tx, school)
  const isSame = report.head === `${number}:${hash}` && report.broken?.number === broken?.number
  if (!isSame)
    throw new SchoolFilesError(
      `The journal in the file is not what was exported${report.broken ? `: entry ${report.broken.number}, ${report.broken.what}` : ''}. Nothing was changed: export the school again`,
    )
}

async function receive(tx: Transaction, archive: Archive, { slug: as, now }: ImportOptions): Promise<Imported> {
  const { manifest } = archive
  if (!(await isSetUp(tx)))
    throw new SchoolFilesError(
      'Nobody owns this register yet, so nobody could let its people in: run npx homeroom init first',
    )
  const slug = as ?? manifest.school.slug
  await refuseTaken(tx, manifest, slug)
  const school = await addSchool(tx, archive, slug)
  const arrivals = await receiveAccounts(tx, archive, now)
  for (const key of going) if (!isPersonal(key)) await writeTable(tx, archive, key, school.id)
  await sealJournal(tx, archive, school, now)
  const inputHash = sha256(canonical(manifest))
  const operation = { id: newId(), actorId: null, way: 'cli', procedure: 'schools.import', inputHash, at: now } as const
  const bulk = await Bulk.begin(tx, school.id, { ...operation, deed: 'add', about: 'school' })
  await bulk.tell([{ entity: 'school', after: school }])
  const invited = await receiveMembers(bulk, archive, arrivals)
  await receiveViews(bulk, archive, arrivals)
  return { school, manifest, invited }
}

function refuseNewer({ step, homeroom }: Manifest, steps: readonly string[], path: string): void {
  if (!steps.includes(step))
    throw new SchoolFilesError(
      `${path} comes from a newer Homeroom (${homeroom}, step ${step}): import it with that one, or a newer one`,
    )
}

const about: Record<ConstraintError['kind'], string> = {
  unique: 'two rows have what only one may have',
  'foreign key': 'a row refers to one that is not in the file',
  check: 'a row has what no row may have',
  'not null': 'a row lacks what each row has',
}

/** Throws `SchoolFilesError` for a file that is not whole, is not ours, or does not fit into this register. */
export async function importSchool(db: Database, path: string, options: ImportOptions): Promise<Imported> {
  const archive = await openArchive(path)
  try {
    refuseNewer(archive.manifest, options.steps, path)
    await check(archive)
    return await db.transaction(register, (tx) => receive(tx, archive, options))
  } catch (error) {
    if (error instanceof UnstorableError) throw new SchoolFilesError(`${path} was refused: ${error.message}`)
    if (!(error instanceof ConstraintError)) throw error
    throw new SchoolFilesError(
      `${path} holds rows that do not fit together (${about[error.kind]}: ${error.constraint}). Nothing was changed: export the school again`,
    )
  } finally {
    archive.close()
  }
}
