/** Whoever loses a right while files arrive, wait or are looked at has lost it there too. */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { imports, memberships, users } from '../../../db/schema/index.ts'
import { receiveBundle } from '../../../server/imports/receive.ts'
import { as, contextOf, db, makePerson, now, writeInSchool } from '../../setup/people.ts'
import type { Files } from '../oneroster/bundle.ts'
import { enrollmentsFile, rowsIn, usersFile, zipOf } from '../oneroster/bundle.ts'
import type { Office } from './brought.ts'
import { bring, bringIn, bundleOf, office, work } from './brought.ts'

async function memberOf({ school, person }: Office) {
  const administrator = await makePerson(school, 'administrator')
  const members = await as(administrator).members.list({})
  const { id = '', version = 0 } = members.find(({ email }) => email === person.email) ?? {}
  return { ask: () => as(administrator).members, seen: { id, version } }
}
const losses: Record<string, (who: Office) => Promise<unknown>> = {
  demoted: async (who) => {
    const { ask, seen } = await memberOf(who)
    return ask().update({ ...seen, role: 'viewer' })
  },
  'taken out of the school': async (who) => {
    const { ask, seen } = await memberOf(who)
    return ask().remove(seen)
  },
  disabled: ({ person }) =>
    db.transaction(noSchool, (tx) => tx.update(users).set({ disabledAt: now }).where(eq(users.id, person.userId))),
}

test.each(Object.entries(losses))('files of somebody who is %s while they arrive are not taken', async (how, lose) => {
  const who = await office(`Losing ${how}`)
  const zip = readFileSync(zipOf(Object.entries(bundleOf(`Losing ${how}`, `losing ${how}`))))
  const body = async function* () {
    yield zip.subarray(0, 100)
    await lose(who)
    yield zip.subarray(100)
  }
  const taken = receiveBundle(contextOf(who.person), { name: 'roster.zip' }, Readable.from(body()))
  await expect(taken).rejects.toThrow('permission.changed')
  expect(await db.select().from(imports).where(eq(imports.schoolId, who.school.id))).toEqual([])
})

test.each(Object.entries(losses))('what somebody has decided who is %s since is not written', async (how, lose) => {
  const who = await office(`Deciding ${how}`)
  const id = await bring(who, bundleOf(`Deciding ${how}`, `deciding ${how}`))
  await work()
  await who.ask().bringIn({ id })
  await lose(who)
  await work()
  expect(await rowsIn('students', `deciding ${how}`)).toEqual([])
})

test('what was found in a second school is seen no more by whoever has lost that school', async () => {
  const who = await office('First School')
  const second = await office('Second School')
  const { userId } = who.person
  const membership = { schoolId: second.school.id, id: newId(), userId, role: 'registrar' as const }
  await writeInSchool(second.school.id, async (tx) => {
    const [after] = await tx.insert(memberships).values(membership).returning()
    return after ? [{ entity: 'membership', after }] : []
  })
  const files = bundleOf('First School', 'first', {
    'orgs.csv': 'sourcedId,name,type\nfirst,First School,school\nsecond,Second School,school\n',
    'users.csv':
      'sourcedId,orgSourcedIds,role,givenName,familyName\ns1,first,student,Ada,One\ns2,second,student,Bo,Two\n',
    'enrollments.csv': 'sourcedId,classSourcedId,userSourcedId,role\n',
  })
  const id = await bring(who, files)
  await work()
  const changes = () => who.ask().changes({ id, entity: 'student', counted: 'new' })
  expect((await changes()).changes).toHaveLength(2)
  await db.transaction(second.school.id, (tx) =>
    tx
      .update(memberships)
      .set({ archivedAt: now })
      .where(and(eq(memberships.schoolId, second.school.id), eq(memberships.userId, userId))),
  )
  await expect(changes()).rejects.toThrow('permission.changed')
  await expect(who.ask().findings({ id, kind: 'warnings' })).rejects.toThrow('permission.changed')
  await who.ask().compare({ id })
  await work()
  expect((await changes()).changes).toMatchObject([{ name: 'Ada One' }])
})

test('a bundle that names a school of somebody else tells neither its name nor what it holds', async () => {
  const who = await office('Curious School')
  const other = await office('Secretive School')
  await bringIn(other, bundleOf('Secretive School', 'secretive'))
  const rows = [
    's1,,,@org,student,Amara,Abara,amara@school.example,,',
    's9,,,@org,student,Bo,Two,100,,',
    's8,,,,student,Cy,Six,100,,',
  ]
  const naming = (org: string, more: Files = {}) =>
    bundleOf('Curious School', 'curious', {
      'orgs.csv': 'sourcedId,name,type\ncurious,Curious School,school\n',
      'users.csv': usersFile(...rows.map((row) => row.replace('@org', org))),
      'enrollments.csv': enrollmentsFile(),
      ...more,
    })
  const told: unknown[] = []
  for (const files of [
    naming('secretive'),
    naming('secretive', { 'manifest.csv': 'propertyName,value\nsource.systemCode,other\n' }),
  ]) {
    const id = await bring(who, files)
    await work()
    const { report, failure } = await who.ask().get({ id })
    told.push(
      report,
      failure,
      await who.ask().findings({ id, kind: 'rejected' }),
      await who.ask().findings({ id, kind: 'warnings' }),
    )
  }
  expect(JSON.stringify(told)).toContain('secretive')
  expect(JSON.stringify(told)).not.toMatch(/Secretive School|is taken by|e-mail address of this person/)
})

test('a decision about an older comparison is refused, and the second of two decisions', async () => {
  const who = await office('Two Tabs')
  const id = await bring(who, bundleOf('Two Tabs', 'two-tabs'))
  await work({ now: () => new Date(now.getTime() + 1) })
  const { changedAt } = await who.ask().get({ id })
  await who.ask().compare({ id, source: 'another-system' })
  await work({ now: () => new Date(now.getTime() + 2) })
  await expect(who.ask().bringIn({ id, changedAt })).rejects.toThrow('import.moved_on')
  const seen = await who.ask().get({ id })
  const both = [who.ask(), who.ask()].map((ask) => ask.bringIn({ id, changedAt: seen.changedAt }))
  const outcomes = await Promise.allSettled(both)
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await work()
})
