import { afterAll, expect, test } from 'vitest'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { sayHeads } from '../../../server/runtime/journal-heads.ts'
import { createLog } from '../../../server/runtime/logging.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { startServer } from '../../setup/server.ts'

afterAll(() => db.close())

const headsIn = (lines: readonly string[]) =>
  lines
    .filter((line) => line.includes('"the journal has this head"'))
    .map((line) => JSON.parse(line) as { level: string; school: string; head: string })

test('the log has the head of every school’s journal, as verify takes it', async () => {
  const north = await makeSchool('Northgate')
  const south = await makeSchool('Southgate')
  await as(await makePerson(north, 'registrar')).rooms.create({ name: 'Room 12' })
  const lines: string[] = []
  const log = createLog({ logLevel: 'info' }, { write: (line) => void lines.push(line) })
  await sayHeads(db, log)
  const reports = await verifyJournals(db)
  expect(headsIn(lines)).toMatchObject([
    { level: 'info', school: north.slug, head: reports.find(({ slug }) => slug === north.slug)?.head },
    { level: 'info', school: south.slug, head: reports.find(({ slug }) => slug === south.slug)?.head },
  ])
  const kept = new Map(headsIn(lines).map(({ school, head }) => [school, head.split(':')]))
  for (const { slug } of [north, south]) {
    const [number = '', hash = ''] = kept.get(slug) ?? []
    expect(await verifyJournals(db, slug, new Map([[Number(number), hash]]))).toMatchObject([{ broken: null }])
  }
})

test('a server says the heads once when it starts, not once per worker, and stops no later for it', async () => {
  const { slug } = await makeSchool('Westgate')
  const server = await startServer({ WORKERS: '2' })
  await server.untilSaid(`"school":"${slug}"`)
  expect(await server.stop()).toBe(0)
  expect(headsIn(server.output().split('\n')).filter(({ school }) => school === slug)).toHaveLength(1)
})
