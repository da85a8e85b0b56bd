/** The page for operators says each version and each limit as the code has it. */
import { readdirSync, readFileSync } from 'node:fs'
import { maxHeaderSize } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { patience } from '../../db/postgres/connection.ts'
import { statementLimit } from '../../db/postgres/database.ts'
import { oldest } from '../../db/postgres/home.ts'
import { lockWait } from '../../db/scope.ts'
import { oldestSafe } from '../../db/sqlite-file.ts'
import { enrollAtOnce } from '../../db/values.ts'
import { perAccount, perAccountAndNetwork, perDevice, perNetwork } from '../../server/auth/guesses.ts'
import { passwordLength } from '../../server/auth/input.ts'
import { perNetwork as linksPerNetwork } from '../../server/auth/invitation.ts'
import { lifetimes } from '../../server/auth/links.ts'
import { attemptsMs, longestDelay } from '../../server/auth/rate-limit.ts'
import { absoluteLimit, idleLimit, sessionsAtMost } from '../../server/auth/sessions.ts'
import { lifetime as setupLifetime } from '../../server/auth/setup.ts'
import { readConfig } from '../../server/config.ts'
import { pageSize } from '../../server/input.ts'
import { streamsAtMost, streamsOfPerson } from '../../server/live/feed.ts'
import { limits } from '../../server/oneroster/read/chosen-files.ts'
import { tabsAtMost } from '../../server/presences/keep.ts'
import { namedAtMost, pastedAtMost } from '../../server/records/input.ts'
import { filteredAtMost } from '../../server/records/many.ts'
import { atOnce } from '../../server/runtime/batch.ts'
import { connectionsAtMost } from '../../server/runtime/connections.ts'
import { silence, timeouts } from '../../server/runtime/http-server.ts'
import { largestBatch, largestBody, largestOfMany } from '../../server/runtime/rpc.ts'
import { recordsPerWrite } from '../../server/runtime/write-limit.ts'
import { viewsAtMost } from '../../server/saved-views/bounds.ts'
import { freshFor } from '../../server/trpc.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const page = read('docs/operators.md')

const number = (n: number) => n.toLocaleString('en')
const seconds = (ms: number) => `${ms / 1000} s`
const minutes = (ms: number) => `${ms / 60_000} minutes`
const counted = (ms: number, unit: number, word: string) => `${ms / unit} ${word}${ms === unit ? '' : 's'}`
const hours = (ms: number) => counted(ms, 3_600_000, 'hour')
const days = (ms: number) => counted(ms, 86_400_000, 'day')
const span = minutes(attemptsMs)

const rows: [what: string, limit: string][] = [
  [`wrong passwords for one account from one address (or IPv6 /64) in ${span}`, number(perAccountAndNetwork)],
  [`wrong passwords for one account from everywhere in ${span}`, number(perAccount)],
  [`wrong passwords from one address, whichever accounts, in ${span}`, number(perNetwork)],
  [
    `wrong passwords for one account from a browser that signed in with it before, in ${span}`,
    `${number(perDevice)} of its own`,
  ],
  [`links that are not valid, from one address in ${span}`, number(linksPerNetwork)],
  ['a session that nobody uses (idle limit)', hours(idleLimit)],
  ['a session in any case (absolute limit)', hours(absoluteLimit)],
  ['sessions of one person, of which the oldest then end', number(sessionsAtMost)],
  ['after signing in, rights are given without typing the password again for', minutes(freshFor)],
  ['a link to a new password', days(lifetimes.passwordReset)],
  ['an invitation', days(lifetimes.membership)],
  ['the setup link in the log', hours(setupLifetime)],
  [
    'a password',
    `${passwordLength.min} to ${passwordLength.max} characters, and none of the ${number(10_000)} most common`,
  ],
  ['the body of a call', `${largestBody / 1024 ** 2} MiB`],
  ['the body of a call that adds many records, of somebody signed in', `${largestOfMany / 1024 ** 2} MiB`],
  ['the head of a request', `${maxHeaderSize / 1024} KiB`],
  ['a head must arrive within', seconds(timeouts.headersTimeout)],
  ['a request must arrive within', seconds(timeouts.requestTimeout)],
  ['a connection on which nothing moves though something is under way', seconds(silence)],
  ['an idle connection', seconds(timeouts.keepAliveTimeout)],
  ['connections of a worker', number(connectionsAtMost)],
  ['calls in a batch', number(largestBatch)],
  ['calls of a batch under way at a time', number(atOnce)],
  ['event streams of one session, in a worker', number(streamsAtMost)],
  ['event streams of one person, in a worker', number(streamsOfPerson)],
  ['rows of a page of a list', number(namedAtMost)],
  ['records named in one change', number(namedAtMost)],
  ['rows of one paste', number(pastedAtMost)],
  ['records of a list changed at once', number(filteredAtMost)],
  ['students enrolled at once', number(enrollAtOnce)],
  ['views of one person in a school', number(viewsAtMost)],
  [
    'writes of one person in a minute, on all servers together (`WRITES_PER_MINUTE`)',
    number(readConfig({}, {}).writesPerMinute),
  ],
  ['records of a paste or batch that count as one more write', number(recordsPerWrite)],
  ['tabs of one person that show who else has a record open', number(tabsAtMost)],
  ['a file of a bundle', `${limits.file / 1e9} GB`],
  ['a bundle', `${limits.total / 1e9} GB`],
  ['files in a zip', number(limits.entries)],
  ['waiting for a lock', seconds(lockWait)],
  ['a statement on PostgreSQL', seconds(statementLimit)],
  ['until it is said that none of the address’s hosts answers', seconds(patience)],
]

test.each(rows)('%s: %s', (what, limit) => {
  expect(page).toContain(`\n| ${what} | ${limit} |`)
})

test('no limit is on the page that is not in this list', () => {
  const told = page.slice(page.indexOf('\n## Limits')).match(/^\| (?!what|---)[^|]+/gm) ?? []
  expect(told.map((cell) => cell.slice(2).trim()).toSorted()).toEqual(rows.map(([what]) => what).toSorted())
  expect(page).toContain(`by up to ${seconds(longestDelay)}, before more are refused`)
  expect([pageSize.safeParse(namedAtMost).success, pageSize.safeParse(namedAtMost + 1).success]).toEqual([true, false])
})

test('the versions are those that are refused, installed and tried', () => {
  const { engines } = JSON.parse(read('package.json'))
  expect(page).toContain(`| Node | ${engines.node.replace('>=', '')} or later | the tests run on 20, 22 and 24; `)
  expect(read('.github/workflows/ci.yml')).toContain('node: [20, 22, 24]')
  expect(page).toContain(`the image ships ${/^FROM node:(\d+)/m.exec(read('Dockerfile'))?.[1]}`)
  expect(page).toContain(`| SQLite | ${oldestSafe.join('.')} or later |`)
  expect(page).toContain(`| PostgreSQL | ${oldest} to 18 |`)
})

test('the other pages point to it instead of saying it again', () => {
  const others = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
    (file) => file.endsWith('.md') && file !== 'docs/operators.md',
  )
  const said = /sslmode=|target_session_attrs|homeroom_serve|glusterfs|idle limit|wrong passwords (?:for|from)/i
  expect(others.filter((file) => said.test(read(file)))).toEqual([])
  for (const file of ['README.md', 'docs/operating.md', 'docs/deploying.md', 'SECURITY.md'])
    expect(read(file), file).toContain('operators.md')
})
