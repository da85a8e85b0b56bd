/** Where news at the edge of the screen covers nothing that can be pressed or typed in. */

const pressable = 'button, input, select, textarea, [role="button"], [role="switch"]'
const step = 24

interface Box {
  top: number
  bottom: number
  left: number
  right: number
}
const meet = (a: Box, b: Box) => a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right

/** Scrolled out of its list, a button is at no point of the screen. */
function isSeen(element: Element, { left, right, top, bottom }: DOMRect): boolean {
  return document.elementsFromPoint((left + right) / 2, (top + bottom) / 2).includes(element)
}

/** How far up from the lowest place, in px: the first step at which no other box is met; 0 where there is none. */
export function riseOver(box: Box, others: readonly Box[], upTo: number): number {
  for (let rise = 0; box.top - rise >= upTo; rise += step) {
    const moved = { ...box, top: box.top - rise, bottom: box.bottom - rise }
    if (!others.some((other) => meet(moved, other))) return rise
  }
  return 0
}

/** As CSS `translate` has it. */
export function freePlace(shown: HTMLElement): string {
  shown.style.translate = 'none'
  const box = shown.getBoundingClientRect()
  const others = [...document.querySelectorAll(pressable)].flatMap((element) => {
    const rect = element.getBoundingClientRect()
    const isNear = rect.left < box.right && box.left < rect.right && rect.bottom > 0 && rect.top < innerHeight
    return isNear && !shown.contains(element) && isSeen(element, rect) ? [rect] : []
  })
  return `0 ${-riseOver(box, others, 0)}px`
}
