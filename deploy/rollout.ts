/**
 * Ships a release blue-green: `npm run rollout -- start --release <folder or image>`. docs/deploying.md describes it.
 * Exit codes: 0 the release serves, 1 it was taken back or something failed, 2 used wrongly.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '../server/cli/command.ts'
import { complain, say } from '../server/cli/terminal.ts'
import { Azure } from './rollout/azure.ts'
import type { Backend, Target } from './rollout/backend.ts'
import { other, RolloutError } from './rollout/backend.ts'
import { Machine } from './rollout/machine.ts'
import type { Site } from './rollout/phases.ts'
import { goOn } from './rollout/phases.ts'
import type { Settings } from './rollout/settings.ts'
import { readSettings } from './rollout/settings.ts'
import type { Rollout, State } from './rollout/state.ts'
import { lock, readState, workerIn, writeState } from './rollout/state.ts'

const usage = `Usage: npm run rollout -- <verb> [--settings <file>] [--json]

  start --release <folder or image>  ships it: backup, migration, start, check, shares of the requests, end of the old one
  status                             what serves, and what is under way
  resume                             goes on with a rollout that was interrupted
  back                               takes the one under way back; without one, puts the release before in its place
  up                                 starts what serves, where it does not run, as after a restart of the machine

  --settings <file>  rollout.json by default
  --json             a line of JSON for each sentence`

const options = {
  release: { type: 'string' },
  settings: { type: 'string', default: 'rollout.json' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const backendOf = (settings: Settings): Backend =>
  settings.on === 'azure' ? new Azure(settings) : new Machine(settings)

const newId = (): string => `r${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`

function begin(site: Site, rollout: Omit<Rollout, 'share' | 'startedAt'>): void {
  site.state.rollout = { ...rollout, share: 0, startedAt: new Date().toISOString() }
  writeState(site.settings.folder, site.state)
}

const refuseUnderWay = ({ rollout }: State): void => {
  if (rollout) throw new UsageError(`${rollout.fresh.release} is under way (${rollout.phase}): say "resume" or "back"`)
}

async function start(site: Site, release: string | undefined): Promise<number> {
  if (!release) throw new UsageError('Say --release with the folder or image to ship')
  refuseUnderWay(site.state)
  await site.backend.inspect()
  const old = site.state.live
  // It may be resumed from another folder.
  const where = site.settings.on === 'azure' ? release : resolve(release)
  const fresh: Target = { colour: old ? other(old.colour) : 'blue', release: where, id: newId() }
  begin(site, { fresh, old, phase: 'backup' })
  return (await goOn(site)) ? 0 : 1
}

async function resume(site: Site): Promise<number> {
  const { rollout } = site.state
  if (!rollout) throw new UsageError('No rollout is under way')
  site.say(`Going on with ${rollout.fresh.release}, which was interrupted (${rollout.phase})`)
  await site.backend.inspect()
  return (await goOn(site)) ? 0 : 1
}

/** Exit code 0: that it is taken back is what was wanted. */
async function back(site: Site): Promise<number> {
  const { rollout, last, live } = site.state
  if (rollout) {
    rollout.phase = 'back'
    rollout.because ??= 'the operator said so'
    await goOn(site)
    return 0
  }
  if (last?.outcome !== 'done' || !last.old || !live) throw new UsageError('There is no release before to put back')
  const fresh = { ...last.old, id: newId() }
  begin(site, { fresh, old: live, phase: 'start', isReturn: true })
  return (await goOn(site)) ? 0 : 1
}

async function up({ state, backend, say }: Site): Promise<number> {
  refuseUnderWay(state)
  const { live } = state
  if (!live) throw new UsageError('Nothing serves yet: say "start"')
  if (await backend.runs(live)) say(`${live.colour} serves ${live.release}`)
  else {
    await backend.start(live)
    await backend.shift({ blue: 0, green: 0, [live.colour]: 100 }, { [live.colour]: live })
    say(`${live.colour} was started and serves ${live.release}`)
  }
  return 0
}

function statusLines({ live, rollout, last }: State, worker: number | undefined): string[] {
  const serving = live ? `${live.colour} serves ${live.release}` : 'Nothing serves yet'
  const ended = last
    ? [`Last: ${last.fresh.release}, ${last.outcome} at ${last.at}${last.because ? `: ${last.because}` : ''}`]
    : []
  if (!rollout) return [serving, 'No rollout is under way', ...ended]
  const { fresh, phase, share, startedAt } = rollout
  const hand = worker ? `process ${worker} works on it` : 'nobody works on it: say "resume" or "back"'
  return [
    serving,
    `Under way since ${startedAt}: ${fresh.colour} with ${fresh.release}, in phase ${phase}, ${share} % of the requests; ${hand}`,
  ]
}

function status(state: State, folder: string, json: boolean): number {
  const worker = workerIn(folder)
  if (json) say(JSON.stringify({ ...state, worker: worker ?? null }))
  else for (const line of statusLines(state, worker)) say(line)
  return 0
}

type Verb = (site: Site, release: string | undefined) => Promise<number>
const verbs: Record<string, Verb> = { start, resume, back, up }

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parsed(args)
  const [verb = '', ...more] = positionals
  if (values.help) {
    say(usage)
    return 0
  }
  const work = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
  if ((!work && verb !== 'status') || more.length) throw new UsageError(`Say what to do\n\n${usage}`)
  const settings = readSettings(values.settings)
  const { folder } = settings
  if (!work) return status(readState(folder), folder, values.json)
  const unlock = lock(folder)
  try {
    const said = (line: string) =>
      say(
        values.json
          ? JSON.stringify({ at: new Date().toISOString(), phase: site.state.rollout?.phase ?? null, said: line })
          : line,
      )
    const site: Site = { settings, backend: backendOf(settings), state: readState(folder), say: said }
    return await work(site, values.release)
  } finally {
    unlock()
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  complain(
    error instanceof UsageError || error instanceof RolloutError ? error.message : (error.stack ?? error.message),
  )
  return error instanceof UsageError ? 2 : 1
})
