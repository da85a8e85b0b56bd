/** Readers skip comments where there are many. Blank lines are left out of the count. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
/** In percent of the lines of a folder. */
const most = 5

/** An order to the linter is no comment. */
function countsOf(source: string): { lines: number; comments: number } {
  const lines = source
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  let isInside = false
  const comments = lines.filter((line) => {
    const isComment = isInside || line.startsWith('/*') || (line.startsWith('//') && !line.includes('biome-ignore'))
    if (isComment && !(line.startsWith('//') && !isInside)) isInside = !line.includes('*/')
    return isComment
  })
  return { lines: lines.length, comments: comments.length }
}

test('comments are counted by their lines, blocks and single lines alike, and orders to the linter are not', () => {
  const source = `/**
 * Two lines
 */
const a = 1 // beside code

  // alone
// biome-ignore lint/style/useConst: an order
/** one */
let b = '/* no comment */'
`
  expect(countsOf(source)).toEqual({ lines: 8, comments: 5 })
})

test.each(['server', 'db'])('of the lines of %s fewer than 5 in 100 are comments', (folder) => {
  const counted = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: join(folder, path), ...countsOf(readFileSync(join(root, folder, path), 'utf8')) }))
  const sum = (key: 'lines' | 'comments') => counted.reduce((all, one) => all + one[key], 0)
  const percent = (100 * sum('comments')) / sum('lines')
  const worst = counted
    .toSorted((one, other) => other.comments - one.comments)
    .slice(0, 10)
    .map(({ path, comments }) => `${path} (${comments})`)
  expect(
    percent,
    `${percent.toFixed(2)} % of ${folder} are comments. Delete those that repeat a name, a type or the code, let a better name say it, and fold two into one. Keep what says why, units, time zones, traps, errors and sources. Most are in ${worst.join(', ')}`,
  ).toBeLessThan(most)
  expect(counted.length).toBeGreaterThan(100)
})
