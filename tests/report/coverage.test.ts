import { expect, test } from 'vitest'
import { changedLines, filesThatLost, ofChange, percent, ranges, reachedIn, totalOf } from './coverage.ts'

const lcov = (file: string, lines: Record<number, number>) =>
  [
    'TN:',
    `SF:${file}`,
    ...Object.entries(lines).map(([line, times]) => `DA:${line},${times}`),
    'end_of_record',
    '',
  ].join('\n')

const sqlite = lcov('server/a.ts', { 1: 3, 2: 0, 5: 0 }) + lcov('tests/x.ts', { 1: 1 })
const postgresql = lcov('server/a.ts', { 1: 0, 2: 4, 5: 0 }) + lcov('db/b.ts', { 1: 1 })

test('a line that one share reached is reached, and only the server and db count', () => {
  const reached = reachedIn([sqlite, postgresql])
  expect([...reached.keys()]).toEqual(['server/a.ts', 'db/b.ts'])
  expect(totalOf(reached)).toEqual({ reached: 3, all: 4 })
  expect(percent(totalOf(reached))).toBe('75.00 %')
  expect(percent(totalOf(reachedIn([])))).toBe('none')
})

const diff = `diff --git a/server/a.ts b/server/a.ts
--- a/server/a.ts
+++ b/server/a.ts
@@ -1,0 +2 @@ function a() {
+  two
@@ -3 +4,2 @@
-  three
+  // four
+  five
@@ -9,2 +9,0 @@
-  gone
-  gone
`

test('of a change the lines count that hold a statement, and those that no test reached are named', () => {
  const changed = changedLines(diff)
  expect([...(changed.get('server/a.ts') ?? [])]).toEqual([2, 4, 5])
  expect(ofChange(reachedIn([sqlite, postgresql]), changed)).toEqual({
    all: 2,
    reached: 1,
    missed: [{ file: 'server/a.ts', lines: [5] }],
  })
})

test('a file lost when more of its lines are left out and a smaller share is reached; a new file lost nothing', () => {
  const before = reachedIn([lcov('server/a.ts', { 1: 1, 2: 1 }), lcov('db/b.ts', { 1: 1, 2: 0 })])
  const after = reachedIn([
    lcov('server/a.ts', { 1: 1, 2: 0, 3: 1 }),
    lcov('db/b.ts', { 1: 1, 2: 1, 3: 0 }),
    lcov('db/new.ts', { 1: 0 }),
  ])
  expect(filesThatLost(before, after)).toEqual([
    { file: 'server/a.ts', before: { reached: 2, all: 2 }, after: { reached: 2, all: 3 } },
  ])
})

test('lines beside each other are told as one range', () => {
  expect(ranges([9, 3, 4, 5])).toBe('3-5, 9')
})
