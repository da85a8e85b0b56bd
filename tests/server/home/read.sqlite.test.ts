/** After every mutation of the router, home answers what it would if it kept nothing. What it keeps does not depend on the database. */
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { addMarked, makeMarkedSchools } from '../../setup/marked-school.ts'
import { caller, db, requestOf } from '../../setup/people.ts'
import { procedures } from '../../setup/sample-input.ts'
import type { Say } from '../../setup/valid-writes.ts'
import { validWrites } from '../../setup/valid-writes.ts'

afterAll(() => db.close())

/** What needs no school changes nothing in one. */
const ofSchools = procedures.filter(([path, { _def }]) => {
  const isOutside = _def.meta?.permission === 'open' || _def.meta?.permission === 'signedIn'
  return _def.type === 'mutation' && path in validWrites && !isOutside
})

test('home forgets what it keeps with every mutation that changes it', async () => {
  const { home, viewers } = await makeMarkedSchools()
  const office = viewers.find(({ school, name }) => school === home.name && name === 'administrator')
  if (!office) throw new Error('the marked school has no administrator')
  const { person } = office
  const asks: Say = async <T>(path: string, input?: unknown, key = newId()) => {
    const [feature = '', verb = ''] = path.split('.')
    const who = caller(requestOf(person, home, { key })) as unknown as Record<
      string,
      Record<string, (input: unknown) => Promise<T>>
    >
    return (await who[feature]?.[verb]?.(input)) as T
  }
  const told = async (own = db) => {
    const { attention, hours } = await caller(requestOf(person, home, { db: own })).home.get()
    const figures = await caller(requestOf(person, home, { db: own })).home.figures()
    return { attention, hours, figures }
  }
  const records = await addMarked(
    home,
    ofSchools.map(() => office),
  )
  let [before, changes] = ['', 0]
  for (const [index, [path]] of ofSchools.entries()) {
    const made = records[index]
    if (made) await validWrites[path]?.({ made, userId: person.userId, asks, office: asks, visitor: asks })
    const kept = await told()
    expect(kept, `name in the kept reads of server/home what ${path} changes`).toEqual(await told(Object.create(db)))
    if (JSON.stringify(kept) !== before) changes++
    before = JSON.stringify(kept)
  }
  expect(changes).toBeGreaterThan(5)
})
