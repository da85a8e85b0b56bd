import type { Page, Request } from '@playwright/test'
import { expect } from './test.ts'

/** Requests that are not answered yet; the stream of changes never is. */
const open = new WeakMap<Page, Set<Request>>()

/** Call it before the page goes anywhere. */
export function watchRequests(page: Page): void {
  const requests = new Set<Request>()
  open.set(page, requests)
  page.on('request', (request) => {
    if (!request.url().includes('/trpc/live.')) requests.add(request)
  })
  page.on('requestfinished', (request) => requests.delete(request))
  page.on('requestfailed', (request) => requests.delete(request))
}

const isDrawn = () =>
  new Promise<boolean>((resolve) => {
    const look = () => resolve(document.querySelector('h1') !== null && document.querySelector('.waiting') === null)
    setTimeout(() => requestAnimationFrame(look), 40)
  })

/** Until everything that the page asked for is here and drawn. */
export async function settled(page: Page): Promise<void> {
  const isQuiet = () => open.get(page)?.size === 0
  await expect
    .poll(async () => isQuiet() && (await page.evaluate(isDrawn)) && isQuiet(), { intervals: [20] })
    .toBe(true)
}
