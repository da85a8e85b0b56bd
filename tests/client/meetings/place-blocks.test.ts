import { expect, test } from 'vitest'
import { placeBlocks } from '../../../client/meetings/place-blocks.ts'

const block = (startTime: string, endTime: string) => ({ startTime, endTime })
const lanes = (...blocks: ReturnType<typeof block>[]) =>
  placeBlocks(blocks).map(({ start, length, lane, lanes: all }) => [start, length, `${lane + 1} of ${all}`])

test('blocks that only touch have the day’s whole width', () => {
  expect(lanes(block('10:00', '11:00'), block('09:00', '10:00'))).toEqual([
    [540, 60, '1 of 1'],
    [600, 60, '1 of 1'],
  ])
})

test('blocks at the same time stand side by side, and a place that is free again is taken again', () => {
  expect(
    lanes(block('09:00', '11:00'), block('09:00', '10:00'), block('10:00', '11:00'), block('11:00', '12:00')),
  ).toEqual([
    [540, 120, '1 of 2'],
    [540, 60, '2 of 2'],
    [600, 60, '2 of 2'],
    [660, 60, '1 of 1'],
  ])
})
