import { expect, test } from 'vitest'
import { Turns } from '../../db/turns.ts'

/** An event loop on a clock of our own. */
function loop() {
  let now = 0
  const due: (() => void)[] = []
  const turns = new Turns({ now: () => now, nextTurn: (work) => void due.push(work) })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    turns,
    pass: (ms: number) => {
      now += ms
    },
    turn: async () => {
      for (const work of due.splice(0)) work()
      await settled()
    },
  }
}

/** Runs statements of 4 ms, and notes each. */
async function statements({ turns, pass }: ReturnType<typeof loop>, name: string, count: number, ran: string[]) {
  for (let n = 0; n < count; n++) {
    if (turns.isOver) await turns.next()
    pass(4)
    ran.push(name)
  }
}

test('after ten milliseconds of statements everything else comes to its turn', async () => {
  const event = loop()
  const ran: string[] = []
  void statements(event, 'a', 7, ran)
  await new Promise((resolve) => setImmediate(resolve))
  expect(ran).toHaveLength(3)
  await event.turn()
  expect(ran).toHaveLength(6)
  await event.turn()
  expect(ran).toHaveLength(7)
})

test('those that wait go on in order of arrival, one in a turn', async () => {
  const event = loop()
  const ran: string[] = []
  for (const name of ['a', 'b', 'c']) void statements(event, name, 9, ran)
  for (let n = 0; n < 20; n++) await event.turn()
  const inTurns = ran.join('').match(/.{3}/g)
  expect(inTurns).toEqual(['aaa', 'aaa', 'bbb', 'ccc', 'aaa', 'bbb', 'ccc', 'bbb', 'ccc'])
})

test('a statement alone waits for nobody', () => {
  const { turns, pass } = loop()
  expect(turns.isOver).toBe(false)
  pass(9)
  expect(turns.isOver).toBe(false)
})
