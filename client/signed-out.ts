/** The session has ended: the page is covered until its person signs in on it again, and the calls wait for that. */
import { makeStore } from './store.ts'

const isOver = makeStore(false)
let waiting: (() => void)[] = []
let times = 0

export const isSignedOut = isOver.get
export const useIsSignedOut = isOver.use
/** How often somebody has signed in here again. */
export const signIns = (): number => times

/** Covers the page. A call that was sent before the last sign-in says nothing of the session that began with it. */
export function noteEnded(sentAfter = times): void {
  if (sentAfter === times) isOver.set(true)
}

/** Resolves when the person has signed in, so that the call can be sent again. */
export async function signedInAgain(sentAfter = times): Promise<void> {
  noteEnded(sentAfter)
  if (sentAfter === times) await new Promise<void>((resolve) => waiting.push(resolve))
}

export function uncover(): void {
  const calls = waiting
  times += 1
  waiting = []
  isOver.set(false)
  for (const resolve of calls) resolve()
}

/** The cover's own place in the document. */
export const coverClass = 'cover'

// Heard before any page hears it: what is covered answers no key.
window.addEventListener(
  'keydown',
  (event) => {
    const isOfCover = event.target instanceof Element && event.target.closest(`.${coverClass}`)
    if (isOver.get() && !isOfCover) event.stopImmediatePropagation()
  },
  { capture: true },
)
