import { expect, test, vi } from 'vitest'

vi.stubGlobal('window', new EventTarget())
const { answerSignIn, signedInAgain, signIns } = await import('../../client/signed-out.ts')

/** What a call was told; undefined while it waits. */
async function told(asked: Promise<boolean>): Promise<boolean | undefined> {
  return Promise.race([asked, new Promise<undefined>((resolve) => setTimeout(resolve, 0))])
}

test('several calls wait for one sign-in, and one whose refusal comes late asks for no second', async () => {
  const sentAfter = signIns()
  const calls = [signedInAgain('mutation', sentAfter), signedInAgain('query', sentAfter), signedInAgain('click')]
  for (const call of calls) expect(await told(call)).toBe(undefined)
  answerSignIn(true)
  expect(await Promise.all(calls)).toEqual([true, true, true])
  expect(await told(signedInAgain('mutation', sentAfter))).toBe(true)
  expect(await told(signedInAgain('mutation', signIns()))).toBe(undefined)
  answerSignIn(false)
})

test('once the question is closed, it is asked again for what somebody does, not for what the screen looks up', async () => {
  const first = signedInAgain('query')
  answerSignIn(false)
  expect(await first).toBe(false)
  expect(await told(signedInAgain('query'))).toBe(false)
  const saved = signedInAgain('mutation')
  expect(await told(saved)).toBe(undefined)
  answerSignIn(true)
  expect(await saved).toBe(true)
  expect(await told(signedInAgain('query'))).toBe(undefined)
  answerSignIn(false)
})
