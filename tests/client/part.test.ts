/** A server of another version may lack a part of the page: every part is asked for again, by client/tried-again.ts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const client = join(import.meta.dirname, '../../client')
const sources = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(?<!\.d)\.tsx?$/.test(name),
)
/** A language's lists of its areas are loaded from by languages.ts, which tries again. */
const areas = /^messages\/[^/]+\/(catalog|kinds)\.ts$/
const bare = /(?<!(?:part|page|triedAgain)\(\(\) => )import\('/

test('no part of the page is given up after the first try', () => {
  const found = sources.filter((name) => !areas.test(name) && bare.test(readFileSync(join(client, name), 'utf8')))
  expect(found, "write part(() => import('./its-file.tsx'))").toEqual([])
})

test('the search for bare imports finds them', () => {
  expect("lazy(() => import('./a.tsx'))".match(bare)).not.toBeNull()
  expect("lazy(part(() => import('./a.tsx')))".match(bare)).toBeNull()
})
