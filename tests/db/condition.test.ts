import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Turn } from '../../db/condition.ts'
import { Condition } from '../../db/condition.ts'
import { UnavailableError } from '../../db/errors.ts'

const away = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
const full = Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
const busy = Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' })

function watched() {
  const turns: Turn[] = []
  const condition = new Condition()
  condition.watch((turn) => turns.push(turn))
  const fails = (kind: 'read' | 'write', error: Error) =>
    expect(condition.follow(kind, () => Promise.reject(error))).rejects.toBeInstanceOf(UnavailableError)
  const works = async (kind: 'read' | 'write') => {
    // What begins in the same instant as something failed says nothing.
    await sleep(2)
    await condition.follow(kind, async () => undefined)
  }
  const told = () => turns.map(({ trouble, isOver }) => `${trouble} ${isOver ? 'over' : 'begins'}`)
  return { condition, turns, told, fails, works }
}

test('an outage is told once when it begins and once when it is over, however many calls fail of it', async () => {
  const { condition, turns, told, fails, works } = watched()
  await works('read')
  await sleep(2)
  for (let n = 0; n < 50; n++) await fails(n % 2 ? 'read' : 'write', away)
  expect(told()).toEqual(['away begins'])
  expect(condition.troubles).toEqual(['away'])
  await works('read')
  await works('write')
  expect(told()).toEqual(['away begins', 'away over'])
  expect(turns[1]).toMatchObject({ failed: 50 })
  expect(condition.troubles).toEqual([])
})

test('a call that fails while others get through is no outage, nor is waiting for a lock', async () => {
  const { condition, told, fails, works } = watched()
  const lost = condition.follow('write', async () => {
    await works('read')
    throw away
  })
  await expect(lost).rejects.toBeInstanceOf(UnavailableError)
  await fails('write', busy)
  expect(told()).toEqual([])
})

test('reading, and a small write that still fits, do not say that a full disk has room again', async () => {
  const { condition, told, fails, works } = watched()
  await fails('write', full)
  await works('read')
  await works('write')
  await fails('write', full)
  expect(told()).toEqual(['full begins'])
  expect(condition.troubles).toEqual(['full'])
})
