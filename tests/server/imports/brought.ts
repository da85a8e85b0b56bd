/** Bundles that an office worker brings, and the process that works on them. */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { School } from '../../../server/context.ts'
import { receiveBundle } from '../../../server/imports/receive.ts'
import type { WorkOptions } from '../../../server/imports/work.ts'
import { workOnNext } from '../../../server/imports/work.ts'
import type { DateOrder } from '../../../server/oneroster/read/dates.ts'
import type { Person } from '../../../server/trpc.ts'
import type { Caller } from '../../setup/people.ts'
import { as, contextOf, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import type { Files } from '../oneroster/bundle.ts'
import { smallSchool, zipOf } from '../oneroster/bundle.ts'

/** What a worker of the office calls, under a key of its own each time. */
export interface Office {
  school: School
  person: Person
  ask(): Caller['imports']
}

export async function office(name: string): Promise<Office> {
  const school = await makeSchool(name)
  const person = await makePerson(school, 'registrar')
  return { school, person, ask: () => as(person).imports }
}

/** `smallSchool`, whose organization has the name of the school that staff made by hand. */
export const bundleOf = (name: string, org: string, more: Files = {}): Files =>
  smallSchool(org, {
    'orgs.csv': `sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n${org},,,${name},school,,\n`,
    ...more,
  })

export async function bring(
  { person }: Pick<Office, 'person'>,
  files: Files,
  name = 'roster.zip',
  order?: DateOrder,
): Promise<string> {
  const zip = readFileSync(zipOf(Object.entries(files)))
  return (await receiveBundle(contextOf(person), { name, order }, Readable.from([zip]))).id
}

export const problems: unknown[] = []
export const worker = (more: Partial<WorkOptions> = {}): WorkOptions => ({
  now: () => now,
  isStopping: () => false,
  log: ({ error }) => void problems.push(error),
  ...more,
})
/** Until no import waits. */
export async function work(more: Partial<WorkOptions> = {}): Promise<void> {
  while (await workOnNext(db, worker(more)));
}

/** Compared, decided and brought in. */
export async function bringIn(who: Office, files: Files, name?: string): Promise<string> {
  const id = await bring(who, files, name)
  await work()
  await who.ask().bringIn({ id })
  await work()
  return id
}
