/** A refused move names values; those of a person who is erased go with the person. */
import { expect, test } from 'vitest'
import { noSchool } from '../../../../db/database.ts'
import { newId } from '../../../../db/kit.ts'
import { moves } from '../../../../db/schema/index.ts'
import { newRun } from '../../../../server/moves/run.ts'
import { as, db, makePerson, makeSchool, now } from '../../../setup/people.ts'
import { makeRecords } from '../../../setup/records.ts'

test('what a move found in the values of an erased person is forgotten', async () => {
  const school = await makeSchool('Northgate')
  const administrator = await makePerson(school, 'administrator')
  const { studentId: id } = await makeRecords(school)
  const begun = { id: newId(), verb: 'rehearse', startedAt: now, startedBy: administrator.userId } as const
  const run = newRun({ ...begun, pid: 1, place: 'homeroom.db', target: 'there' })
  const found = [`students.given_name of school_id 1, id ${id}: "Sam\\u0000" can't be read`]
  await db.transaction(noSchool, (tx) =>
    tx.insert(moves).values({ ...run, endedAt: now, outcome: 'failed', failure: 'Refused', found }),
  )
  const { version } = await as(administrator).students.get({ id })
  const archived = await as(administrator).students.archive({ id, version, standing: 'keep' })
  expect(await db.select({ found: moves.found }).from(moves)).toEqual([{ found }])
  await as(administrator).students.erase({ id, version: archived.version, confirm: 'Sam Record' })
  expect(await db.select({ found: moves.found, failure: moves.failure }).from(moves)).toEqual([
    { found: [], failure: 'Refused' },
  ])
})
