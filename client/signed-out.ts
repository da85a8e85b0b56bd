/** A call found that the session has ended: the person is asked to sign in where they are, and the calls wait for it. */
import { makeStore } from './store.ts'

const waiting = makeStore<((again: boolean) => void)[]>([])
let times = 0
let isDeclined = false

/** How often somebody has signed in here again. */
export const signIns = (): number => times

/**
 * Resolves when the person has answered: whether the call may be sent again. One that was sent before the sign-in numbered
 * `sentAfter + 1` asks nothing more; nor does a mere look at something, once the person has closed the question.
 */
export function signedInAgain(asker: 'query' | 'mutation' | 'subscription' | 'click', sentAfter = times) {
  if (sentAfter < times) return Promise.resolve(true)
  if (isDeclined && asker !== 'mutation' && asker !== 'click') return Promise.resolve(false)
  return new Promise<boolean>((resolve) => waiting.set([...waiting.get(), resolve]))
}

export function answerSignIn(again: boolean): void {
  const calls = waiting.get()
  if (again) times += 1
  isDeclined = !again
  waiting.set([])
  for (const resolve of calls) resolve(again)
}

export const useIsSignedOut = (): boolean => waiting.use().length > 0

// Heard before any panel hears it: Escape closes the question, and not also what is open below it.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Escape' || !waiting.get().length) return
    event.stopImmediatePropagation()
    answerSignIn(false)
  },
  { capture: true },
)
