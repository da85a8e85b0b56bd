/** Parts of the page that come from files of their own, when they are needed. */
import { lazyRouteComponent } from '@tanstack/react-router'
import { wordsAreHere } from './messages/languages.ts'
import { triedAgain } from './tried-again.ts'

/** Loads it, and what it says in the language of the page. */
export const part =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    const loaded = await triedAgain(load)()
    await wordsAreHere()
    return loaded
  }

/** A route's component, by the name it is exported under. */
export const page: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(part(load), name)
