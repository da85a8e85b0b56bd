import type { Reader } from '../../../db/database.ts'
import { fold } from '../../../db/folding.ts'
import { schools } from '../../../db/schema/index.ts'
import type { SchoolRow } from '../../schools/create.ts'
import { BundleError } from '../report.ts'

export interface BundleSource {
  name: string
  isNamed: boolean
  isSaid: boolean
}
export const unnamedSource = 'default'
const longestSource = 255

export function bundleSource(said: string | undefined, systemCode: string | null): BundleSource {
  const name = said ?? systemCode ?? unnamedSource
  if ([...name].length > longestSource)
    throw new BundleError(`The source may have ${longestSource} characters: say --source and a shorter name`)
  return { name, isNamed: said !== undefined || systemCode !== null, isSaid: said !== undefined }
}

export interface Registered {
  ids: ReadonlySet<number>
  /** A school without a source is known to every one. */
  known: ReadonlyMap<string, SchoolRow>
  /** Other sources know a school by this id. */
  foreign: ReadonlyMap<string, SchoolRow>
  /** Made by hand: the key is the folded name. */
  byName: Map<string, SchoolRow>
  /** Records that name no school may be in these. */
  kin: SchoolRow[]
  /** Another system may have given these schools their ids. */
  unsure: SchoolRow[]
}

/** Without a name, all schools are one system's only if they are one district's. */
function isOneDistrict(all: readonly SchoolRow[]): boolean {
  return new Set(all.map(({ sourcedId, extra }) => extra.parentSourcedId ?? sourcedId)).size < 2
}

interface Adopted {
  sourcedId: string
  schoolId: number
}

export async function registeredSchools(db: Reader, source: BundleSource, adopt?: Adopted): Promise<Registered> {
  const all = await db.select().from(schools)
  const adopted = all.filter(({ id, sourcedId }) => id === adopt?.schoolId && sourcedId === null)
  const imported = all.filter(({ sourcedId }) => sourcedId !== null)
  const bySourcedId = (rows: readonly SchoolRow[]) => new Map(rows.map((row) => [row.sourcedId ?? '', row]))
  const own = imported.filter((row) => row.source === source.name)
  const free = imported.filter((row) => row.source === null)
  const isOfNoOther = ({ source: name }: SchoolRow) => name === null || name === source.name
  const kin = source.name === unnamedSource ? [...own, ...free] : own
  const isCertain = source.isNamed || isOneDistrict(kin)
  return {
    ids: new Set(all.map(({ id }) => id)),
    known: new Map([
      ...bySourcedId(free),
      ...adopted.map((row) => [adopt?.sourcedId ?? '', row] as const),
      ...bySourcedId(own),
    ]),
    foreign: bySourcedId(imported.filter((row) => !isOfNoOther(row))),
    byName: new Map(
      all
        .filter((row) => row.sourcedId === null && !row.isDemo && isOfNoOther(row))
        .map((row) => [fold(row.name), row]),
    ),
    kin: isCertain ? kin : [],
    unsure: [...(isCertain ? [] : kin), ...(source.name === unnamedSource ? [] : free)],
  }
}

/** Whoever may not import into a school is told neither its name nor its address. */
export function withoutNames(registered: Registered, only: ReadonlySet<number> | undefined): Registered {
  if (!only) return registered
  const nameless = (row: SchoolRow): SchoolRow =>
    only.has(row.id) ? row : { ...row, name: row.sourcedId ?? 'another school', slug: 'another' }
  const { known, foreign, kin, unsure } = registered
  const byId = (rows: ReadonlyMap<string, SchoolRow>) => new Map([...rows].map(([id, row]) => [id, nameless(row)]))
  return {
    ...registered,
    ...{ known: byId(known), foreign: byId(foreign), kin: kin.map(nameless), unsure: unsure.map(nameless) },
  }
}

const quoted = (name: string) => (/^[\w.:/@-]+$/.test(name) ? name : JSON.stringify(name))

/** The register knows these ids from another source, and nobody has said that they are other schools. */
export function refuseOtherSource(source: BundleSource, [first, ...others]: readonly SchoolRow[]): void {
  if (!first) return
  const [theirs, ours] = [quoted(first.source ?? unnamedSource), quoted(source.name)]
  const more = others.length ? ` and knows ${others.length} more schools of this bundle` : ''
  const other = source.isSaid
    ? ''
    : `. Another system, whose ids mean other records: say --source ${source.isNamed ? ours : 'and a name for it'}`
  throw new BundleError(
    `This bundle ${source.isNamed ? `comes from the source ${ours}` : 'names no source'}, and the register knows ${first.sourcedId} as ${first.name}${more} from ${theirs}. The same system: say --source ${theirs}, or once "homeroom school set ${first.slug} --source ${ours}"${other}`,
  )
}
