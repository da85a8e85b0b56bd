/** Releases that must not reach anybody, or few: each is taken back without a hand. */
import type { Load } from '../reliability/load.ts'
import type { Row } from '../reliability/proof.ts'
import type { Grounds } from './grounds.ts'
import { copied, counting, otherFiles, withFailingStep, withoutScript } from './releases.ts'
import { during, failedPart, lastLine, rowOf, untouched } from './shipping.ts'

const row = rowOf('taken back')

/** Nobody is sent to these: the migration fails, or the check does. */
async function refused(grounds: Grounds, load: Load): Promise<Row[]> {
  const rows: Row[] = []
  for (const [what, release, said] of [
    ['a migration that fails', withFailingStep(copied()), /the migration failed/],
    ['a page without its script', withoutScript(otherFiles(copied(), 'yy')), /homeroom check failed at "script"/],
  ] as const) {
    const before = await untouched(grounds, 'blue')
    const seen = await during(load, () => grounds.rollout(['start', '--release', release]))
    const after = await untouched(grounds, 'blue')
    const isSaid = seen.shipped.lines.some((line) => said.test(line))
    rows.push(
      row(
        `${what}, under load`,
        `${lastLine(seen.shipped)}; ${failedPart(seen)}; ${after.sent - before.sent} requests to the new colour, blue ${after.pid === before.pid ? 'runs on' : 'was replaced'}`,
        'exit 1, 0 failed, 0 requests, runs on',
        seen.shipped.code === 1 &&
          isSaid &&
          seen.failed === 0 &&
          after.sent === before.sent &&
          after.pid === before.pid,
      ),
    )
  }
  return rows
}

/** These pass their check, and what people do shows it. */
async function shown(grounds: Grounds, load: Load): Promise<Row[]> {
  const rows: Row[] = []
  for (const [what, body, said, most] of [
    [
      '3 of 10 counts of students answer 500',
      "if (Math.random() < 0.3) throw new Error('planted')",
      /calls of the new version failed/,
      0.03,
    ],
    [
      'counts of students take 3 s',
      'await new Promise((done) => setTimeout(done, 3000))',
      /p95 of the new version is/,
      0,
    ],
  ] as const) {
    const pid = grounds.pid('blue')
    const seen = await during(load, () => grounds.rollout(['start', '--release', counting(copied(), body)]))
    const reason = seen.shipped.lines.find((line) => line.startsWith('Taking')) ?? 'not taken back'
    rows.push(
      row(
        `${what}, under load`,
        `${reason.replace(/\S*\/homeroom-\S+/, 'it')}; ${failedPart(seen)}; ${grounds.pid('green') === undefined ? 'green has ended' : 'green runs'}`,
        `exit 1 by metrics alone, at most ${most * 100} % failed`,
        seen.shipped.code === 1 && said.test(reason) && seen.failed <= seen.total * most && grounds.pid('blue') === pid,
      ),
    )
  }
  return rows
}

export const takenBack = async (grounds: Grounds, load: Load): Promise<Row[]> => [
  ...(await refused(grounds, load)),
  ...(await shown(grounds, load)),
]
