/** Whether somebody sits before this page: it is in sight, and was touched within the last half hour. */
import { makeStore } from '../store.ts'

/** In ms. */
const leftAfter = 30 * 60_000
const lookEvery = 60_000

const isHere = makeStore(!document.hidden)
let touchedAt = Date.now()

function look(): void {
  const now = !document.hidden && Date.now() - touchedAt < leftAfter
  if (now !== isHere.get()) isHere.set(now)
}
function touched(): void {
  touchedAt = Date.now()
  look()
}
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
  addEventListener(kind, touched, { passive: true, capture: true })
document.addEventListener('visibilitychange', look)
setInterval(look, lookEvery)

export const useIsHere = isHere.use
