/**
 * The session has ended, or a call needs the password again: the page is covered until its person signs in on it, and the
 * calls wait for that.
 */
import { makeStore } from './store.ts'

/** `unconfirmed`: the session goes on, and the person may leave the call. */
export type CoverReason = 'ended' | 'unconfirmed'
const reason = makeStore<CoverReason | null>(null)
let waiting: ((isSignedIn: boolean) => void)[] = []
let times = 0

export const isSignedOut = (): boolean => reason.get() !== null
export const useIsSignedOut = (): boolean => reason.use() !== null
export const useCoverReason = reason.use
/** How often somebody has signed in here again. */
export const signIns = (): number => times

/** Covers the page. A call that was sent before the last sign-in says nothing of the session that began with it. */
export function noteEnded(sentAfter = times): void {
  if (sentAfter === times) reason.set('ended')
}

/** For what is not sent, so that nobody asks for the password. */
export const nextSignIn = (sentAfter = times): Promise<boolean> =>
  sentAfter === times ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(true)

/** Resolves with true when the person has signed in, so that the call can be sent again. */
export function signedInAgain(sentAfter = times): Promise<boolean> {
  noteEnded(sentAfter)
  return nextSignIn(sentAfter)
}

/** Resolves with false when the person leaves it. */
export function confirmed(sentAfter = times): Promise<boolean> {
  if (sentAfter === times && !reason.get()) reason.set('unconfirmed')
  return nextSignIn(sentAfter)
}

function end(isSignedIn: boolean): void {
  const calls = waiting
  waiting = []
  reason.set(null)
  for (const resolve of calls) resolve(isSignedIn)
}
export function uncover(): void {
  times += 1
  end(true)
}
export function leaveUnconfirmed(): void {
  if (reason.get() === 'unconfirmed') end(false)
}

/** The cover's own place in the document. */
export const coverClass = 'cover'

// Heard before any page hears it: what is covered answers no key.
window.addEventListener(
  'keydown',
  (event) => {
    const isOfCover = event.target instanceof Element && event.target.closest(`.${coverClass}`)
    if (reason.get() && !isOfCover) event.stopImmediatePropagation()
  },
  { capture: true },
)
