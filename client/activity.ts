/** Whether somebody sits before this page: it is in sight, and was touched within the last half hour. */
import { makeStore } from './store.ts'

/** In ms. */
const leftAfter = 30 * 60_000
const lookEvery = 60_000
/** In ms. A call later than this after the last touch is the page's own. */
const unattendedAfter = 60_000

const page = document
const isHere = makeStore(!page.hidden)
let touchedAt = Date.now()

function look(): void {
  const now = !page.hidden && Date.now() - touchedAt < leftAfter
  if (now !== isHere.get()) isHere.set(now)
}
export function touched(): void {
  touchedAt = Date.now()
  look()
}
// Some tools for people who use no pointer send only the last two.
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart', 'click', 'input'] as const)
  addEventListener(kind, touched, { passive: true, capture: true })
page.addEventListener('visibilitychange', look)
setInterval(look, lookEvery)

export const useIsHere = isHere.use
export const isUnattended = (): boolean => Date.now() - touchedAt > unattendedAfter
