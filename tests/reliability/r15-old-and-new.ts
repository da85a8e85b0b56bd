/** The version before the newest migration and this one side by side, as in a deploy: servers, screens, one database. */
import { root } from './app.ts'
import type { Proof, Row } from './proof.ts'
import { mixed } from './release-before.ts'
import type { Compared } from './skew-answers.ts'
import { compareAnswers } from './skew-answers.ts'
import type { Passed } from './skew-browser.ts'
import { runBrowserTests } from './skew-browser.ts'
import { row, underLoad } from './skew-deploy.ts'
import { copyOf, migrateBy, newDatabase, ours, questionsOf, releaseBefore, startVersion } from './skew-servers.ts'

const listed = (what: readonly string[]) => (what.length ? `: ${what.slice(0, 6).join('; ')}` : '')

/** What the older version's screens ask of its own server and of ours, each on a copy of one database. */
async function oldAsksNew(release: string): Promise<Compared> {
  const database = newDatabase()
  migrateBy(release, database)
  const asked = questionsOf(release, database)
  const copy = copyOf(database)
  const before = await startVersion(release, { DATABASE_URL: database })
  const now = await startVersion(ours(), { DATABASE_URL: copy })
  try {
    return await compareAnswers(asked, before.url, now.url)
  } finally {
    await Promise.all([before.stop(), now.stop()])
  }
}

/** What our screens ask of our server, and of an older one that serves on while the database was migrated. */
async function newAsksOld(release: string): Promise<Compared> {
  const database = newDatabase()
  migrateBy(release, database)
  const before = await startVersion(release, { DATABASE_URL: database })
  migrateBy(root, database)
  const asked = questionsOf(root, database)
  const now = await startVersion(ours(), { DATABASE_URL: copyOf(database) })
  try {
    return await compareAnswers(asked, now.url, before.url)
  } finally {
    await Promise.all([before.stop(), now.stop()])
  }
}

/** The screens say of these that the new version is being installed, and ask again. */
const isUnknown = (refusal: string) => /, then (404 not_found|400 input\.invalid)$/.test(refusal)

function rowsOfAnswers(commit: string, older: Compared, newer: Compared): Row[] {
  const load = ({ questions, procedures, answered, unanswered }: Compared) =>
    `${questions} calls of ${procedures} procedures, ${answered} of them answered, by ${procedures - unanswered.length} procedures`
  const unhandled = newer.refusals.filter((refusal) => !isUnknown(refusal))
  const told = newer.refusals.filter(isUnknown)
  return [
    row(
      `calls of the client of ${commit} to this server: ${load(older)}`,
      `${older.refusals.length} refused otherwise${listed(older.refusals)}`,
      '0',
      older.refusals.length === 0,
    ),
    row(
      'the same, what the old server tells',
      `${older.missing.length} missing or of another type${listed(older.missing)}`,
      '0',
      older.missing.length === 0,
    ),
    row(
      `this client's calls to the server of ${commit}: ${load(newer)}`,
      `${unhandled.length} refused otherwise${listed(unhandled)}; ${told.length} not known yet, and said so${listed(told)}`,
      '0 refused otherwise',
      unhandled.length === 0,
    ),
    row('the same, what the new server tells', `${newer.missing.length} added${listed(newer.missing)}`, 'any', true),
  ]
}

/** Each version's own browser tests, with the screens of one version on the server of the other. */
async function inBrowser(release: string): Promise<Row[]> {
  const files = ['students.test', 'enrollments.test', 'timetable.test', 'guardians.test']
  const oldScreens = mixed(release, ['dist/server', 'drizzle'])
  // The data is what the old version writes: its own migrations and its own seed.
  const newTests = [...files, 'test'].map((file) => `tests/e2e/${file}.ts`)
  const newScreens = mixed(release, ['dist/client', ...newTests])
  const line = (load: string, { passed, failed }: Passed) =>
    row(
      load,
      `${passed} passed, ${failed.length} failed${listed(failed)}`,
      '0 failed',
      failed.length === 0 && passed > 0,
    )
  return [
    line(
      "the old screens on the new server, by the old version's browser tests",
      await runBrowserTests(oldScreens, files),
    ),
    line(
      "the new screens on the old server, by the new version's browser tests",
      await runBrowserTests(newScreens, files),
    ),
  ]
}

export const proof: Proof = {
  name: 'R15',
  title: 'the version before the newest migration beside this one, on one database',
  needs: ['haproxy'],
  async run(size) {
    const { folder: release, commit } = await releaseBefore()
    const answers = rowsOfAnswers(commit, await oldAsksNew(release), await newAsksOld(release))
    return [...answers, ...(await underLoad(release, size)), ...(await inBrowser(release))]
  },
}
