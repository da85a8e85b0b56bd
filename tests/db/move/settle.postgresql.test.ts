/** What went by the triggers, or was changed in PostgreSQL, is found: before the change-over the file stays the register. */
import './own-file.ts'
import { expect, test } from 'vitest'
import { accept, move } from '../../../db/move/move.ts'
import type { MovePoint } from '../../../db/move/mover.ts'
import { inSource } from '../../../db/move/source.ts'
import { status } from '../../../db/move/status.ts'
import { stop } from '../../../db/move/stop.ts'
import { open } from '../../../db/open.ts'
import { cases } from '../../thorough.ts'
import { target } from './on-its-way.ts'
import { file } from './own-file.ts'
import { on } from './query.ts'

const begin = (at: (point: MovePoint) => void | Promise<void> = () => {}) =>
  move({ file, url: target.url, folder: 'drizzle', tell() {}, at })
const until = async (end: MovePoint) => {
  const ended = begin((point) => {
    if (point === end) throw new Error('the mover ends')
  })
  await expect(ended).rejects.toThrow('the mover ends')
}
const inFile = (sql: string) => inSource(file, (client) => void client.exec(sql), 'write')

/** A change of which no trigger takes note. */
function behindTheTriggers(sql: string): void {
  inSource(
    file,
    (client) => {
      const triggers = client
        .prepare(`select name, sql from sqlite_schema where type = 'trigger' and tbl_name = 'rooms'`)
        .all() as { name: string; sql: string }[]
      for (const { name } of triggers) client.exec(`drop trigger ${name}`)
      client.exec(sql)
      for (const trigger of triggers) client.exec(trigger.sql)
    },
    'write',
  )
}

const missed: [string, string, RegExp][] = [
  [
    'a row that is new',
    `insert into rooms (school_id, id, name) values (7, 'new', 'New')`,
    /PostgreSQL does not have it/,
  ],
  ['a row that went', 'delete from rooms', /only PostgreSQL has it/],
  ['an element of JSON', `update rooms set extra = '{"a":"b"}'`, /extra differs/],
  ['a name that changed', `update rooms set name = 'Other ' || name`, /name differs/],
  ['a decomposed letter', `update rooms set name = name || 'e' || char(769)`, /name differs/],
  ['a value that went', 'update rooms set seats = null', /seats differs/],
]
test.each(missed.slice(0, cases(3, missed.length)))(
  '%s of which no trigger took note keeps the register with its file',
  async (_, sql, found) => {
    inFile(`update rooms set seats = 30`)
    await until('copied')
    behindTheTriggers(
      sql.startsWith('delete')
        ? 'update classes set room_id = null; update meetings set room_id = null; delete from rooms'
        : sql,
    )
    await expect(begin()).rejects.toThrow(found)
    expect(await status({ file, url: target.url })).toMatchObject({ state: 'copying' })
    await stop({ file, url: target.url })
    await (await open()).close()
  },
)

test('what no trigger took note of after the comparison is an alarm, which stays until somebody accepts it', async () => {
  await until('compared')
  behindTheTriggers(`update rooms set name = 'Unnoted ' || name where id = (select min(id) from rooms)`)
  const said = /people work there, but it does not hold all(.|\n)*rooms school_id, id .*: name differs/
  await expect(begin()).rejects.toThrow(said)
  await expect(begin()).rejects.toThrow(said)
  expect(await status({ file, url: target.url })).toMatchObject({
    state: 'moved',
    step: 'active',
    found: [expect.any(String)],
  })
  expect(await on(target.url, 'select count(*)::int as n from pg_constraint where not convalidated')).toEqual([
    { n: 0 },
  ])
  expect(await accept({ file, url: target.url })).toHaveLength(1)
  expect(await begin()).toMatchObject({ rows: undefined })
  expect(await on(target.url, `select relname from pg_class where relname ~ '^move(_|$)'`)).toEqual([])
})

test('a round reads back what it wrote', async () => {
  await until('compared')
  await on(
    target.url,
    `create function shout() returns trigger language plpgsql as $$ begin new.name := upper(new.name); return new; end $$;
     create trigger shout before insert on rooms for each row execute function shout()`,
  )
  inFile(`update rooms set name = 'quiet ' || name`)
  await expect(begin()).rejects.toThrow(/does not hold what the file holds(.|\n)*name differs/)
  expect(await status({ file, url: target.url })).toMatchObject({ state: 'copying' })
})

test('after a crash in the last comparison, what people have changed since is no alarm, and what they have not is one', async () => {
  await until('compared')
  await on(target.url, `update rooms set name = 'Damaged' where id = (select id from rooms order by id limit 1)`)
  await until('moved')
  expect(await status({ file, url: target.url })).toMatchObject({ state: 'moved', step: 'active' })
  await on(target.url, `update students set given_name = 'Changed by somebody'`)
  const found = await begin().catch((error) => error.found)
  expect(found).toEqual([expect.stringMatching(/^rooms .*name differs$/)])
})
