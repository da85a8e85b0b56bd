/** A mover waits for whoever holds the file, for its lock and for PostgreSQL. */
import './own-file.ts'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { move } from '../../../db/move/move.ts'
import type { MoveProgress } from '../../../db/move/moved.ts'
import { moveOf } from '../../../db/move/moved.ts'
import type { MovePoint } from '../../../db/move/mover.ts'
import { recover } from '../../../db/move/recover.ts'
import { stop } from '../../../db/move/stop.ts'
import { open } from '../../../db/open.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { cases } from '../../thorough.ts'
import { endedAt, inFile, options, target } from './on-its-way.ts'
import { file } from './own-file.ts'
import { on } from './query.ts'

test('a long write, such as an import, is waited for', async () => {
  const writer = new Sqlite(file)
  const waited: string[] = []
  await move({
    ...options(({ waits }) => {
      if (waits) waited.push(waits)
      if (waits && writer.inTransaction) writer.exec('commit')
    }),
    at: (point) => {
      if (point !== 'compared') return
      writer.exec('begin immediate')
      writer.exec(`update schools set name = 'Renamed meanwhile'`)
    },
    limits: { lock: 20 },
  })
  writer.close()
  expect(waited).toContainEqual(expect.stringContaining('another write holds the file'))
  expect(await on(target.url, 'select distinct name from schools')).toEqual([{ name: 'Renamed meanwhile' }])
})

const heldAt: MovePoint[] = ['last round', 'active', 'activating']
test.each(heldAt.slice(0, cases(2, heldAt.length)))(
  'whoever holds the file at the point "%s" is waited for, and the mover goes on',
  async (point) => {
    const writer = new Sqlite(file)
    let waited = false
    await move({
      ...options(({ waits }) => {
        if (!waits || !writer.inTransaction) return
        waited = true
        writer.exec('rollback')
      }),
      at(reached) {
        if (reached !== point || waited) return
        writer.exec('begin immediate')
        if (point === 'activating') throw Object.assign(new Error('too late'), { code: '57014' })
      },
      limits: { lock: 20 },
    })
    writer.close()
    expect(waited).toBe(true)
    await expect(open()).rejects.toThrow('has moved')
  },
)

test('whoever holds the file as a mover begins, or as it goes on behind a fence that was left, is waited for', async () => {
  const writer = new Sqlite(file)
  const waited: string[] = []
  const release = ({ waits }: MoveProgress) => {
    if (!waits || !writer.inTransaction) return
    waited.push(waits)
    writer.exec('rollback')
  }
  writer.exec('begin immediate')
  const begun = move({
    ...options(release),
    at: (point) => {
      if (point === 'captured') throw new Error('the mover ends')
    },
    limits: { lock: 20 },
  })
  await expect(begun).rejects.toThrow('the mover ends')
  writer.exec(`update move set state = 'moving', fence = 'of a mover that died'; begin immediate`)
  await move({ ...options(release), limits: { lock: 20 } })
  writer.close()
  expect(waited).toEqual(Array(2).fill(expect.stringContaining('Another write holds the file')))
  await expect(open()).rejects.toThrow('has moved')
})

/** What a mover first says that it waits for, and what it ends with. */
function waiting(url = target.url) {
  let ended: Promise<unknown> = Promise.resolve()
  const said = new Promise<string>((resolve) => {
    ended = move({ ...options(({ waits }) => void (waits && resolve(waits))), url }).catch(
      (error: Error) => error.message,
    )
  })
  return { said, ended: () => ended }
}

test('a mover whose lock another session has for a moment waits for it, once the move has begun', async () => {
  await expect(endedAt('copied')).rejects.toThrow('the mover ends')
  const other = postgres(target.url, { max: 1 })
  await other`select pg_advisory_lock(hashtext('homeroom move'))`
  const { said, ended } = waiting()
  expect(await said).toContain('goes on in another process')
  await other.end()
  expect(await ended()).toMatchObject({ target: expect.any(String) })
  await expect(open()).rejects.toThrow('has moved')
})

test('a mover that waits for PostgreSQL goes on although an older stop has not ended, and ends where a new one comes', async () => {
  await expect(endedAt('copied')).rejects.toThrow('the mover ends')
  const away = target.url.replace(/:\d+\//, ':1/')
  inFile((client) => client.exec('update move set is_stopping = 1'))
  const first = waiting(away)
  expect(await first.said).toContain('PostgreSQL does not answer')
  inFile((client) => client.exec('update move set is_stopping = 0'))
  const second = waiting(away)
  await second.said
  inFile((client) => client.exec('update move set is_stopping = 1'))
  expect(await second.ended()).toContain('The move was stopped')
  expect(await stop({ file, url: away })).toBe(false)
  expect(await first.ended()).toContain('The move was stopped')
  expect(inFile(moveOf)).toBeUndefined()
})

test('a connection that is lost before the move has begun is opened again', async () => {
  let isLost = false
  await move(
    options(({ phase }) => {
      if (phase !== 'looking' || isLost) return
      isLost = true
      throw Object.assign(new Error('the server has hung up'), { code: 'ECONNRESET' })
    }),
  )
  await expect(open()).rejects.toThrow('has moved')
})

test('what takes too long behind the fence is taken back, and nothing is lost', async () => {
  let late = true
  const waited: string[] = []
  await move({
    ...options(({ waits }) => void (waits && waited.push(waits))),
    at: (point) => {
      if (point !== 'last round' || !late) return
      late = false
      const since = performance.now()
      while (performance.now() - since < 30);
    },
    limits: { lastRound: 25 },
  })
  expect(waited).toContainEqual(expect.stringContaining('The last round took too long'))
  await expect(open()).rejects.toThrow('has moved')
})

const lost: [MovePoint, string][] = [
  ['deciding', 'copying'],
  ['activating', 'deciding'],
  ['last round', 'copying'],
]
test.each(lost.slice(0, cases(1, lost.length)))(
  'PostgreSQL that is lost at the point "%s" leaves the file %s',
  async (point, left) => {
    let isLost = false
    const states: unknown[] = []
    await move({
      ...options(({ waits }) => void (waits?.startsWith('PostgreSQL') && states.push(inFile(moveOf)?.state))),
      at(reached) {
        if (reached !== point || isLost) return
        isLost = true
        throw Object.assign(new Error('the server has hung up'), { code: 'ECONNRESET' })
      },
    })
    expect(states).toEqual([left])
    await expect(open()).rejects.toThrow('has moved')
  },
)

test('who decides what a dead mover left lets a write of its own process end first', async () => {
  await expect(endedAt('copied')).rejects.toThrow('the mover ends')
  const writer = new Sqlite(file)
  writer.exec(`update move set state = 'moving', fence = 'of a mover that died'; begin immediate`)
  setTimeout(() => writer.exec('rollback'), 50)
  expect(await recover({ file, url: target.url })).toBe('copying')
  writer.close()
  expect(inFile(moveOf)).toMatchObject({ state: 'copying', fence: null })
})
