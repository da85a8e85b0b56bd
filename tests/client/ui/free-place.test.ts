import { expect, test } from 'vitest'
import { riseOver } from '../../../client/ui/free-place.ts'

const toast = { top: 840, bottom: 884, left: 1000, right: 1424 }
const button = (top: number) => ({ top, bottom: top + 36, left: 1300, right: 1420 })

test('news stays at the edge where nothing is below it', () => {
  expect(riseOver(toast, [], 0)).toBe(0)
  expect(riseOver(toast, [{ ...button(850), left: 20, right: 140 }], 0)).toBe(0)
})

test('news rises over the buttons it would cover, one after the other', () => {
  expect(riseOver(toast, [button(850)], 0)).toBe(48)
  expect(riseOver(toast, [button(850), button(790)], 0)).toBe(96)
})

test('where every place covers something, it stays at the edge', () => {
  const everywhere = Array.from({ length: 30 }, (_, index) => button(index * 30))
  expect(riseOver(toast, everywhere, 0)).toBe(0)
})
