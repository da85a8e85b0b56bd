/** Whether a page shows after a write what it shows when it is loaded again. */
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

interface Watched {
  /** Calls of the page that have no whole answer yet. */
  openCalls: number
}

/** Counts the page's calls. Goes before the first `goto`. */
export async function countCalls(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched = Object.assign(window as unknown as Watched, { openCalls: 0 })
    const { fetch } = window
    window.fetch = async (...asked) => {
      watched.openCalls += 1
      const end = () => setTimeout(() => (watched.openCalls -= 1))
      try {
        const answer = await fetch(...asked)
        void answer.clone().arrayBuffer().then(end, end)
        return answer
      } catch (error) {
        end()
        throw error
      }
    }
  })
}

/** Waits until every call is answered, the answers are on the screen, and nothing on it has asked for more. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const watched = window as unknown as Watched
    const isBusy = () => watched.openCalls > 0 || document.querySelector('.waiting') !== null
    for (let calm = 0; calm < 5; calm = isBusy() ? 0 : calm + 1) {
      await new Promise((resolve) => requestIdleCallback(resolve))
      await new Promise((resolve) => setTimeout(resolve))
    }
  })
}

/** The page's text, by the heading of its section; what stands in none of them is under ''. */
const sections = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement
    const found = [...main.querySelectorAll<HTMLElement>('section.section')]
    const texts = found.map((section) => [section.querySelector('h2')?.innerText ?? '', section.innerText] as const)
    const rest = texts.reduce((text, [, own]) => text.replace(own, ''), main.innerText)
    return Object.fromEntries([...texts, ['', rest]])
  })

/** What the page shows once the write has settled is what it shows when it is loaded again, section by section. */
export async function expectAsReloaded(page: Page, write: string): Promise<void> {
  await settled(page)
  const shown = await sections(page)
  await page.reload()
  await expect
    .poll(() => sections(page), { message: `“${write}” left something on the screen that a reload changes` })
    .toEqual(shown)
}
