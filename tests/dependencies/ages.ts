/** When versions were published, as far as the registry can be asked. Nothing depends on its answer. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface Age {
  /** Days since this version was published. */
  days: number
  /** Days since its maintainers published any version. */
  sinceLast: number
}

const ask = promisify(execFile)
const day = 86_400_000

/** `times` is the registry's: when each version was published, and when all of it was made and changed. */
export function ageOf(version: string, times: Record<string, string>, now: number): Age | undefined {
  const published = Date.parse(times[version] ?? '')
  const { created, modified, ...versions } = times
  const last = Math.max(...Object.values(versions).map((time) => Date.parse(time)))
  const since = (instant: number) => Math.floor((now - instant) / day)
  return Number.isNaN(published) ? undefined : { days: since(published), sinceLast: since(last) }
}

/** Of those asked for, by name. The first that is not answered ends the asking: there is no registry then. */
export async function agesOf(asked: Record<string, string>, now: number): Promise<Map<string, Age>> {
  const ages = new Map<string, Age>()
  try {
    for (const [name, version] of Object.entries(asked)) {
      const [, alias = name, exact = version] = /^npm:(.+)@([^@]+)$/.exec(version) ?? []
      const { stdout } = await ask('npm', [
        'view',
        alias,
        'time',
        '--json',
        '--fetch-retries=0',
        '--fetch-timeout=5000',
      ])
      const age = ageOf(exact, JSON.parse(stdout), now)
      if (age) ages.set(name, age)
    }
  } catch {
    console.error('The registry does not answer: ages are unknown')
  }
  return ages
}
