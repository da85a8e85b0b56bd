/** A rollout from its phase to its end. Each phase may be begun again where the program was killed in it. */
import type { Backend, Colour, Shares, Target } from './backend.ts'
import { other, RolloutError } from './backend.ts'
import { requireFilesOfBoth } from './pages.ts'
import type { Settings } from './settings.ts'
import type { Ended, Phase, Rollout, State } from './state.ts'
import { writeState } from './state.ts'
import { watchBoth } from './watch.ts'

export interface Site {
  settings: Settings
  backend: Backend
  state: State
  say(line: string): void
}

/** The one under way, by its own hand. */
class Under {
  readonly #site: Site
  readonly rollout: Rollout

  constructor(site: Site, rollout: Rollout) {
    this.#site = site
    this.rollout = rollout
  }

  note(change: Partial<Rollout>): void {
    Object.assign(this.rollout, change)
    writeState(this.#site.settings.folder, this.#site.state)
  }

  #targets(): Partial<Record<Colour, Target>> {
    const { fresh, old } = this.rollout
    return { [fresh.colour]: fresh, ...(old && { [old.colour]: old }) }
  }

  /** Percent for the new colour. */
  async share(percent: number): Promise<void> {
    const { fresh } = this.rollout
    const shares = { [fresh.colour]: percent, [other(fresh.colour)]: 100 - percent } as Shares
    await this.#site.backend.shift(shares, this.#targets())
  }

  end(outcome: Ended['outcome']): void {
    const { state, settings } = this.#site
    const { fresh, old, because } = this.rollout
    state.last = { outcome, fresh, old, at: new Date().toISOString(), ...(because && { because }) }
    state.live = outcome === 'done' ? fresh : old
    state.rollout = null
    writeState(settings.folder, state)
  }
}

const hourMs = 3_600_000

async function backup({ backend, settings, say }: Site, { rollout }: Under): Promise<void> {
  say('Verifying the newest backup')
  const releases = { live: rollout.old?.release, fresh: rollout.fresh.release }
  const { name, at, how } = await backend.newestBackup(releases)
  const hours = (Date.now() - at.getTime()) / hourMs
  const most = settings.backup.maxAgeHours
  if (hours > most)
    throw new RolloutError(
      `the newest backup, ${name}, is ${hours.toFixed(1)} hours old, and may be ${most}: make one first`,
    )
  say(`The newest backup, ${name}, is ${hours.toFixed(1)} hours old and ${how}`)
}

async function migrate({ backend, say }: Site, { rollout }: Under): Promise<void> {
  say(`Migrating the register with ${rollout.fresh.release}`)
  say(`Migration: ${await backend.migrate(rollout.fresh.release)}`)
}

async function start({ backend, say }: Site, { rollout }: Under): Promise<void> {
  const { colour, release } = rollout.fresh
  say(`Starting ${colour} with ${release}`)
  await backend.start(rollout.fresh)
  say(`${colour} is ready and gets no requests yet`)
}

async function check({ backend, say }: Site, { rollout: { fresh, old } }: Under): Promise<void> {
  say(`Checking ${fresh.colour}`)
  await backend.check(fresh)
  if (old && (await backend.runs(old)))
    await requireFilesOfBoth(await backend.addressOf(old), await backend.addressOf(fresh))
  say(`${fresh.colour} passes homeroom check${old ? ', and each colour serves the files of both' : ''}`)
}

/** Nobody is there to compare with at the first release, and no time to when an older one is put back. */
const sharesOf = ({ old, isReturn }: Rollout, { shares }: Settings) => (old && !isReturn ? shares : [100])

async function shift(site: Site, under: Under): Promise<void> {
  const { backend, settings, say } = site
  const { rollout } = under
  for (const percent of sharesOf(rollout, settings).filter((one) => one >= rollout.share)) {
    under.note({ share: percent })
    say(`${rollout.fresh.colour} gets ${percent} % of the requests`)
    await under.share(percent)
    if (!rollout.old || rollout.isReturn) continue
    const { fresh, old, before } = rollout
    const seen = await watchBoth({ backend, fresh, old, before, watch: settings.watch })
    say(`At ${percent} %: ${seen.said}`)
    if (seen.old) under.note({ before: seen.old })
    const { verdict, why } = seen.judgement
    if (verdict === 'few' && settings.watch.few === 'go on') say(`Going on all the same: ${why}`)
    else if (verdict !== 'good') throw new RolloutError(why)
  }
}

async function retire({ backend, say }: Site, { rollout: { old } }: Under): Promise<void> {
  if (!old) return
  say(`${old.colour} finishes what it has and ends`)
  const cut = await backend.stop(old)
  say(cut ? `${old.colour} has ended: ${cut}` : `${old.colour} has ended in order`)
}

const work: Record<Exclude<Phase, 'back'>, (site: Site, under: Under) => Promise<void>> = {
  backup,
  migrate,
  start,
  check,
  shift,
  retire,
}
const wayOf = ({ isReturn }: Rollout): readonly Exclude<Phase, 'back'>[] =>
  isReturn ? ['start', 'check', 'shift', 'retire'] : ['backup', 'migrate', 'start', 'check', 'shift', 'retire']

/** The old colour gets all requests again; where it has been ended already, it is started again first. */
async function back({ backend, say }: Site, under: Under): Promise<void> {
  const { fresh, old } = under.rollout
  under.note({ phase: 'back' })
  if (old && !(await backend.runs(old))) {
    say(`Starting ${old.colour} again with ${old.release}`)
    await backend.start(old)
  }
  if (old) {
    await under.share(0)
    say(`${old.colour} gets all requests`)
  }
  const cut = await backend.stop(fresh)
  say(`${fresh.colour} gets none and does not run${cut ? `: ${cut}` : ''}`)
  under.end('taken back')
}

async function sayLater({ backend, say }: Site, { fresh }: Rollout): Promise<void> {
  const left = await backend.pending(fresh.release).catch((error: Error) => [`unknown: ${error.message}`])
  for (const step of left) say(`Left for later: ${step}`)
  if (!left.length)
    say('No step is pending. What takes something away comes with a later release, once no server needs it any more')
}

/** Resolves with whether the new release serves. */
export async function goOn(site: Site): Promise<boolean> {
  const { rollout } = site.state
  if (!rollout) throw new RolloutError('no rollout is under way')
  const under = new Under(site, rollout)
  try {
    const way = wayOf(rollout)
    for (const phase of rollout.phase === 'back' ? [] : way.slice(way.indexOf(rollout.phase))) {
      under.note({ phase })
      await work[phase](site, under)
    }
  } catch (error) {
    // Everybody is at the new colour already: what could not be ended is tried again by "resume".
    if (rollout.phase === 'retire') throw error
    const because = error instanceof Error ? error.message : String(error)
    site.say(`Taking ${rollout.fresh.release} back: ${because}`)
    under.note({ phase: 'back', because })
  }
  if (rollout.phase === 'back') {
    await back(site, under)
    site.say(`${rollout.fresh.release} is taken back: ${rollout.because}. What was migrated stays: it only adds`)
    return false
  }
  under.end('done')
  site.say(`${rollout.fresh.release} serves as ${rollout.fresh.colour}`)
  await sayLater(site, rollout)
  return true
}
