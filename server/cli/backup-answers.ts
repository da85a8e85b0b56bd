import type { BackupError } from '../backups/backup-error.ts'
import type { Created } from '../backups/create.ts'
import type { Listed } from '../backups/folder.ts'
import type { Found } from '../backups/found.ts'
import type { Manifest } from '../backups/manifest.ts'
import type { Rehearsed } from '../backups/rehearse.ts'
import type { Restored } from '../backups/restore.ts'
import type { ListedChain } from '../backups/stream/moment.ts'

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

export function sizeOf(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(bytes || 1) / 3)))
  const value = bytes / 1000 ** power
  return `${power && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

const rowsOf = ({ census }: Manifest) => Object.values(census.tables).reduce((sum, { rows }) => sum + rows, 0)
const entriesOf = ({ heads }: Manifest) => heads.reduce((sum, { head }) => sum + Number.parseInt(head, 10), 0)

const whatIsIn = (manifest: Manifest) =>
  `${Object.keys(manifest.census.tables).length} tables, ${counted(rowsOf(manifest), 'row', 'rows')}; journals intact, ${counted(entriesOf(manifest), 'entry', 'entries')}`

export function createdLines({ place, manifest }: Created): string[] {
  const { file, took, encryption, verifiedAt, problem } = manifest
  const lines = [
    `Made ${place}: ${sizeOf(file.bytes)}${encryption ? `, encrypted with key ${encryption.key}` : ''}, in ${seconds(took.copy)}`,
  ]
  if (verifiedAt)
    return [...lines, `Verified: opened again and compared in ${seconds(took.verify)} (${whatIsIn(manifest)})`]
  return [
    ...lines,
    `NOT VERIFIED: the journal of the register itself is broken: ${problem}. npx homeroom journal verify says more`,
  ]
}

export const verifiedLine = ({ name, at, manifest, took }: Found & { took: number }): string =>
  manifest
    ? `Verified: ${name} was opened and compared in ${seconds(took)} (${whatIsIn(manifest)})`
    : `Verified: ${name} of ${at} was made from its base and looked through in ${seconds(took)}; journals intact`

export const damageLine = (name: string, error: BackupError): string => `${name}  DAMAGED: ${error.message}`

export function listLine({ name, manifest, damage }: Listed): string {
  if (damage) return damageLine(name, damage)
  if (!manifest) return name
  const state = manifest.verifiedAt ? 'verified' : `NOT VERIFIED: ${manifest.problem}`
  const { file, database, homeroom, encryption } = manifest
  return `${name}  ${manifest.createdAt}  ${sizeOf(file.bytes).padStart(7)}  ${database}  Homeroom ${homeroom}${encryption ? `  key ${encryption.key}` : ''}  ${state}`
}

export function chainLine({ name, range, bytes, pieces }: ListedChain): string {
  if (!range) return `stream/${name}  DAMAGED: it holds no moment`
  const { from, until } = range
  return `stream/${name}  any moment from ${from.toISOString()} to ${until.toISOString()}  ${sizeOf(bytes)} in ${counted(pieces.length, 'file', 'files')}`
}

export function restoredLines({ name, of, kept, instead, at, erasedAgain }: Restored): string[] {
  const again = erasedAgain
    ? [
        `${counted(erasedAgain, 'person who was', 'people who were')} erased after the backup ${erasedAgain === 1 ? 'was' : 'were'} erased again`,
      ]
    : []
  const where = at
    ? [
        `Restored ${name} of ${of} into ${at}${instead ? `, and left it there: ${instead}` : ''}`,
        'Name it in DATABASE_URL and DATABASE_DIRECT_URL, then start the servers',
      ]
    : [`Restored ${name} of ${of}: the register is as it was then`]
  return [
    ...where,
    ...(kept ? [`The register from before is kept as ${kept}`] : []),
    ...again,
    'All sessions and links have ended. Start the servers, then sign in again',
  ]
}

export const rehearsedLines = ({ name, restoreMs, steps, visitMs }: Rehearsed): string[] => [
  `Rehearsed: ${name} was restored beside the register in ${seconds(restoreMs)}`,
  `A server on it was visited in ${seconds(visitMs)}: ${steps.join(', ')}. It was thrown away again`,
]
