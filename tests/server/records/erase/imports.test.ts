/** Whoever is erased does not come back by files that were here before, and nothing of these files is left. */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { importPieces, imports } from '../../../../db/schema/index.ts'
import { domainError } from '../../../../server/errors.ts'
import type { Leased } from '../../../../server/imports/lease.ts'
import { beat, claim, finish } from '../../../../server/imports/lease.ts'
import { writePiece } from '../../../../server/imports/pieces.ts'
import { receiveBundle } from '../../../../server/imports/receive.ts'
import { forgetSecrets } from '../../../../server/oneroster/secrets/forget-secrets.ts'
import { as, contextOf, db, makePerson, now } from '../../../setup/people.ts'
import type { Office } from '../../imports/brought.ts'
import { bring, bringIn, bundleOf, office, work } from '../../imports/brought.ts'
import { found, rowsIn, zipOf } from '../../oneroster/bundle.ts'

async function erase({ school }: Office, org: string): Promise<void> {
  const administrator = await makePerson(school, 'administrator')
  const { id } = await found('students', org, 's1')
  const call = () => as(administrator).students
  const { version } = await call().get({ id })
  const archived = await call().archive({ id, version, standing: 'keep' })
  await call().erase({ id, version: archived.version, confirm: 'Amara Abara' })
}
const leftOf = async (id: string) => [
  ...(await db.select({ id: imports.id }).from(imports).where(eq(imports.id, id))),
  ...(await db.select({ shelf: importPieces.shelf }).from(importPieces).where(eq(importPieces.importId, id))),
]
const named = async (org: string) => (await rowsIn('students', org)).map(({ givenName }) => givenName)

test('files that wait when a person is erased are deleted, and bring nobody back', async () => {
  const who = await office('Erasing School')
  const files = bundleOf('Erasing School', 'erasing')
  const done = await bringIn(who, files)
  const [ready, decided, unread] = [await bring(who, files), await bring(who, files), await bring(who, files)]
  await work()
  await who.ask().bringIn({ id: decided })
  await erase(who, 'erasing')
  for (const id of [done, ready, decided, unread]) expect(await leftOf(id)).toEqual([])
  await work()
  expect(await named('erasing')).toEqual([''])
  await expect(who.ask().bringIn({ id: ready })).rejects.toThrow('import.not_found')
})

test('files that arrive while a person is erased are not taken', async () => {
  const who = await office('Arriving School')
  await bringIn(who, bundleOf('Arriving School', 'arriving'))
  const zip = readFileSync(zipOf(Object.entries(bundleOf('Arriving School', 'arriving'))))
  const body = Readable.from(
    (async function* () {
      yield zip.subarray(0, 100)
      await erase(who, 'arriving')
      yield zip.subarray(100)
    })(),
  )
  const refused = await receiveBundle(contextOf(who.person), { name: 'roster.zip' }, body).catch(domainError)
  expect(refused).toMatchObject({ reason: 'import.gone' })
  expect(await db.select().from(imports).where(eq(imports.schoolId, who.school.id))).toEqual([])
})

test('an import at work when a person is erased writes nothing', async () => {
  const who = await office('Working School')
  await bringIn(who, bundleOf('Working School', 'working'))
  const id = await bring(who, bundleOf('Working School', 'working'))
  await work()
  await who.ask().bringIn({ id })
  const job = (await claim(db, now)) as Leased
  await erase(who, 'working')
  await expect(finish(db, job, now, { state: 'done' })).rejects.toThrow('import.stopped')
  expect(await beat(db, job, now, '')).toBe('lost')
  await expect(writePiece(db, job, 'warnings', 0, [])).rejects.toThrow('foreign key')
  expect(await leftOf(id)).toEqual([])
})

test('files of a neighbor that name this school too are deleted, those that do not stay', async () => {
  const who = await office('Named School')
  const neighbor = await office('Neighbor School')
  await bringIn(who, bundleOf('Named School', 'named'))
  const both = bundleOf('Neighbor School', 'neighbor', {
    'orgs.csv': 'sourcedId,name,type\nneighbor,Neighbor School,school\nnamed,Named School,school\n',
    'users.csv':
      'sourcedId,orgSourcedIds,role,givenName,familyName\ns1,named,student,Amara,Abara\ns2,neighbor,student,Bo,Two\n',
    'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId,role\n',
  })
  const [naming, other] = [await bring(neighbor, both), await bring(neighbor, bundleOf('Neighbor School', 'neighbor'))]
  await work()
  await erase(who, 'named')
  expect(await leftOf(naming)).toEqual([])
  expect(await neighbor.ask().get({ id: other })).toMatchObject({ state: 'ready' })
})

test('forgetting passwords forgets what findings quote', async () => {
  const who = await office('Quoting School')
  const id = await bring(who, bundleOf('Quoting School', 'quoting'))
  await work()
  await forgetSecrets(db, who.school, { columns: [], of: [] }, now)
  expect(await leftOf(id)).toEqual([])
})
