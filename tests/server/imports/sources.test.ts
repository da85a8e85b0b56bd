/** Who hears of the bundles that the server takes by itself. */
import { eq } from 'drizzle-orm'
import { AggregatorRegistry } from 'prom-client'
import { expect, test } from 'vitest'
import { open } from '../../../db/open.ts'
import { memberships, schools } from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import { tellOutcome } from '../../../server/imports/outcomes.ts'
import { metricsOf } from '../../../server/runtime/metrics.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { bringIn, bundleOf, office } from './brought.ts'

async function schoolOf(name: string, source: string): Promise<School> {
  const school = await makeSchool(name)
  await db.transaction(school.id, (tx) =>
    tx.update(schools).set({ source, sourcedId: name }).where(eq(schools.id, school.id)),
  )
  return school
}
const finding = { file: 'users.csv', line: 4, message: 'has no sourcedId: say --source x' }
const found = { rejected: { total: 1, shown: [finding] }, warnings: { total: 0, shown: [] } }
const failed = (source: string, more: object = {}) =>
  tellOutcome(db, {
    ...{ source, name: 'night.zip', at: now, found, folder: '/srv/incoming' },
    failure: { reason: 'rejected', sentence: 'users.csv, line 4: has no sourcedId' },
    ...more,
  })
const done = (source: string, at = now) => tellOutcome(db, { source, name: 'night.zip', at, folder: '/srv/incoming' })
const home = async (person: Parameters<typeof as>[0], more = {}) => (await as(person, more).home.get()).imports

test('a failure is told to administrators and registrars of the source’s schools, until the next success', async () => {
  const school = await schoolOf('Told School', 'told')
  const other = await schoolOf('Other System', 'another')
  const people = await Promise.all((['administrator', 'registrar'] as const).map((role) => makePerson(school, role)))
  await failed('told')
  for (const person of people) {
    expect(await home(person)).toEqual([{ source: 'told', what: 'failed', at: now.toISOString() }])
    const { sources } = await as(person).imports.list()
    expect(sources).toMatchObject([
      { source: 'told', reason: 'rejected', rejected: 1, isWhole: true, lastSuccessAt: null, isWatched: true },
    ])
    const shown = await as(person).imports.sourceFindings({ source: 'told', kind: 'rejected' })
    expect(shown).toEqual([{ ...finding, message: expect.not.stringContaining('--source') }])
  }
  expect(await home(await makePerson(school, 'viewer'))).toEqual([])
  const stranger = await makePerson(other, 'administrator')
  expect(await home(stranger)).toEqual([])
  expect((await as(stranger).imports.list()).sources).toEqual([])
  expect(await as(stranger).imports.sourceFindings({ source: 'told', kind: 'rejected' })).toEqual([])
  await done('told')
  expect(await home(people[0] as (typeof people)[number])).toEqual([])
})

test('who may not import in all schools of the source hears that it failed, and nothing of its rows', async () => {
  const school = await schoolOf('North of two', 'district')
  const south = await schoolOf('South of two', 'district')
  const person = await makePerson(school, 'administrator')
  await failed('district', { failure: { reason: 'refused', sentence: 'South of two has no Ada Lovelace' } })
  expect(await home(person)).toMatchObject([{ what: 'failed' }])
  const told = (await as(person).imports.list()).sources
  expect(told).toMatchObject([{ reason: 'refused', sentence: null, isWhole: false }])
  expect(await as(person).imports.sourceFindings({ source: 'district', kind: 'rejected' })).toEqual([])
  await db.transaction(south.id, (tx) =>
    tx.insert(memberships).values({ schoolId: south.id, userId: person.userId, role: 'registrar', instructorId: null }),
  )
  expect((await as(person).imports.list()).sources).toMatchObject([{ sentence: 'South of two has no Ada Lovelace' }])
  expect(await as(person).imports.sourceFindings({ source: 'district', kind: 'rejected' })).toHaveLength(1)
})

test('a source that no school has yet is told in the schools that have none', async () => {
  const fresh = await makePerson(await makeSchool('Fresh School'), 'administrator')
  const settled = await makePerson(await schoolOf('Settled School', 'settled'), 'administrator')
  await failed('unknown-system')
  expect((await home(fresh)).map(({ source }) => source)).toContain('unknown-system')
  expect(await home(settled)).toEqual([])
})

test('a complete bundle that somebody brings in by hand ends the failure; one of changes, or of another school too, does not', async () => {
  const who = await office('By Browser')
  const files = bundleOf('By Browser', 'by-browser')
  await bringIn(who, files)
  await failed('default')
  const isTold = async () => (await who.ask().list()).sources.some(({ reason }) => reason === 'rejected')
  const elsewhere = 'sourcedId,name,type\nby-browser,By Browser,school\nfar,Far Away,school\n'
  const courses = `${files['courses.csv']}f1,,,Far Course,F1,far\n`
  await bringIn(who, { ...files, 'orgs.csv': elsewhere, 'courses.csv': courses })
  expect(await isTold()).toBe(true)
  const manifest = (how: string) => `propertyName,value\nfile.orgs,bulk\nfile.users,${how}\n`
  await bringIn(who, { ...files, 'manifest.csv': manifest('delta') })
  expect(await isTold()).toBe(true)
  await bringIn(who, files, 'by-hand.zip')
  expect((await who.ask().list()).sources).toMatchObject([{ source: 'default', reason: null, name: 'by-hand.zip' }])
})

test('three days without a bundle are told where a folder is watched, and nowhere else', async () => {
  const watched = await makePerson(await schoolOf('Watched School', 'watched'), 'administrator')
  const byHand = await makePerson(await schoolOf('By Hand', 'by-hand'), 'administrator')
  await done('watched')
  await tellOutcome(db, { source: 'by-hand', name: 'roster.zip', at: now })
  const after = (hours: number) => ({ now: new Date(now.getTime() + hours * 3_600_000) })
  expect(await home(watched, after(72))).toEqual([])
  expect(await home(watched, after(73))).toEqual([{ source: 'watched', what: 'late', at: now.toISOString() }])
  expect(await home(byHand, after(73))).toEqual([])
})

test('Prometheus reads the same figures from each process, and none while the database is away', async () => {
  await done('measured', new Date('2026-11-19T02:00:00.500Z'))
  await failed('measured')
  await failed('measured')
  const workers = await Promise.all([metricsOf(db), metricsOf(db)])
  const text = await AggregatorRegistry.aggregate(JSON.parse(JSON.stringify(workers)) as object[][]).metrics()
  expect(text).toContain('homeroom_imports_total{source="measured",outcome="done"} 1\n')
  expect(text).toContain('homeroom_imports_total{source="measured",outcome="failed"} 2\n')
  expect(text).toContain('homeroom_import_last_success_timestamp_seconds{source="measured"} 1795053600.5\n')
  const away = await open()
  await away.close()
  const told = (await metricsOf(away)) as { name: string; values: unknown[] }[]
  expect(told.find(({ name }) => name === 'homeroom_imports_total')?.values).toEqual([])
})
