/** A call found that the session has ended: the person is asked to sign in where they are, and the calls wait for it. */
import { makeStore } from '../store.ts'

const waiting = makeStore<((again: boolean) => void)[]>([])

/** Resolves when the person has answered: whether the call may be sent again. */
export const signedInAgain = (): Promise<boolean> => new Promise((resolve) => waiting.set([...waiting.get(), resolve]))

export function answerSignIn(again: boolean): void {
  const calls = waiting.get()
  waiting.set([])
  for (const resolve of calls) resolve(again)
}

export const useIsSignedOut = (): boolean => waiting.use().length > 0
