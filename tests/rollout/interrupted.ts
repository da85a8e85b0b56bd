/** The program is killed in each phase, and somebody says "resume" or "back". */
import type { Load } from '../reliability/load.ts'
import type { Row } from '../reliability/proof.ts'
import type { Grounds, Killed } from './grounds.ts'
import type { During } from './shipping.ts'
import { during, failedPart, lastLine, rowOf } from './shipping.ts'

const row = rowOf('interrupted')

const moments: readonly (readonly [what: string, killed: Killed])[] = [
  ['verifying the backup', { at: /^Verifying/ }],
  ['migrating', { at: /^Migrating/ }],
  ['before the colour is started', { at: /^Starting/ }],
  ['while the colour starts', { at: /^Starting/, afterMs: 500 }],
  ['checking', { at: /^Checking/ }],
  ['at 10 %', { at: /gets 10 %/ }],
  ['at 50 %', { at: /gets 50 %/ }],
  ['at 100 %', { at: /gets 100 %/ }],
  ['while the old colour ends', { at: /finishes what it has/, afterMs: 300 }],
]

/** Each of two releases in turn. */
export async function resumed(grounds: Grounds, load: Load, releases: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const [what, killedAt] of moments) {
    const live = grounds.state().live?.release
    const release = releases.find((one) => one !== live) ?? ''
    const killed = await grounds.rollout(['start', '--release', release], killedAt)
    const status = await grounds.rollout(['status'])
    const refused = await grounds.rollout(['start', '--release', release])
    const seen = await during(load, () => grounds.rollout(['resume']))
    const { live: now, rollout } = grounds.state()
    rows.push(
      row(
        `killed ${what}, then "resume"`,
        `${lastLine(seen.shipped)}; ${failedPart(seen)}`,
        'exit 0, 0 failed',
        killed.code === 'SIGKILL' &&
          status.lines.some((said) => said.includes('nobody works on it')) &&
          refused.code === 2 &&
          seen.shipped.code === 0 &&
          seen.failed === 0 &&
          now?.release === release &&
          rollout === null,
      ),
    )
  }
  return rows
}

async function backFrom(grounds: Grounds, load: Load, release: string, killed: Killed): Promise<During> {
  return during(load, async () => {
    await grounds.rollout(['start', '--release', release], killed)
    return grounds.rollout(['back'])
  })
}

/** Back from the middle, back from the end of the old colour, and back to the release before once all is done. */
export async function wentBack(grounds: Grounds, load: Load, releases: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  const live = grounds.state().live?.release ?? ''
  const release = releases.find((one) => one !== live) ?? ''
  for (const [what, killed] of [
    ['at 50 %', { at: /gets 50 %/ }],
    ['while the old colour ends', { at: /finishes what it has/, afterMs: 300 }],
  ] as const) {
    const seen = await backFrom(grounds, load, release, killed)
    const isBack = seen.shipped.code === 0 && grounds.state().live?.release === live
    rows.push(
      row(
        `killed ${what}, then "back"`,
        `${lastLine(seen.shipped)}; ${failedPart(seen)}`,
        'exit 0, 0 failed',
        isBack && seen.failed === 0,
      ),
    )
  }
  const seen = await during(load, async () => {
    const shipped = await grounds.rollout(['start', '--release', release])
    return shipped.code === 0 ? grounds.rollout(['back']) : shipped
  })
  rows.push(
    row(
      'shipped, then "back"',
      `${lastLine(seen.shipped)}; ${failedPart(seen)}`,
      'exit 0, 0 failed, the release before serves',
      seen.shipped.code === 0 && seen.failed === 0 && grounds.state().live?.release === live,
    ),
  )
  return rows
}
