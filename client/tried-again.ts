import { isMissingPart } from './connection.ts'

const triesMax = 6
/** In ms: about a second and a half in all. */
const pause = (tries: number) => Math.min(100 * 2 ** (tries - 1), 400) * (0.75 + Math.random() / 2)

// A style sheet that failed would be taken for one that is there.
window.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') target.remove()
  },
  true,
)

/**
 * Loads it. While a new version is being installed, a server of the other version may be asked, which does not have this
 * file: asked again, another one may. Every `import()` of ours is in one of these; tests/client/part.test.ts sees to it.
 */
export const triedAgain =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await load()
      } catch (error) {
        if (!isMissingPart(error) || tries >= triesMax) throw error
        await new Promise((resolve) => setTimeout(resolve, pause(tries)))
      }
    }
  }
