import { expect, test, vi } from 'vitest'

vi.stubGlobal('window', new EventTarget())
const { confirmed, isSignedOut, leaveUnconfirmed, nextSignIn, noteEnded, signedInAgain, signIns, uncover } =
  await import('../../client/signed-out.ts')

/** Whether the call may be sent again now. */
const isFree = async (asked: Promise<boolean>): Promise<boolean> =>
  Promise.race([asked.then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 0))])

test('several calls wait for one sign-in, and one whose refusal comes late covers nothing and does not wait', async () => {
  const sentAfter = signIns()
  const calls = [signedInAgain(sentAfter), signedInAgain(sentAfter), signedInAgain()]
  for (const call of calls) expect(await isFree(call)).toBe(false)
  expect(isSignedOut()).toBe(true)
  uncover()
  expect(await Promise.all(calls.map(isFree))).toEqual([true, true, true])
  expect(await isFree(signedInAgain(sentAfter))).toBe(true)
  noteEnded(sentAfter)
  expect(isSignedOut()).toBe(false)
})

test('a call that nobody waits for covers the page too, and the next session’s end covers it again', async () => {
  noteEnded()
  expect(isSignedOut()).toBe(true)
  uncover()
  const call = signedInAgain()
  expect(isSignedOut()).toBe(true)
  expect(await isFree(call)).toBe(false)
  uncover()
  expect(await isFree(call)).toBe(true)
})

test('a call that needs the password again is sent when it was typed, and given up when its person leaves it', async () => {
  const left = confirmed()
  expect(isSignedOut()).toBe(true)
  const listening = nextSignIn()
  leaveUnconfirmed()
  expect([isSignedOut(), await left, await isFree(listening)]).toEqual([false, false, true])
  const typed = confirmed()
  uncover()
  expect(await typed).toBe(true)
})

test('a session that ends while the password is asked for can no longer be left', async () => {
  const call = confirmed()
  noteEnded()
  leaveUnconfirmed()
  expect([isSignedOut(), await isFree(call)]).toEqual([true, false])
  uncover()
  expect(await call).toBe(true)
})
