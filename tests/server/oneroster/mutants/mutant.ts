/** One mutant: a bundle is made, spoiled, brought in and judged. */
import type { ImportOptions } from '../../../../server/oneroster/import.ts'
import { BundleError } from '../../../../server/oneroster/report.ts'
import type { Files } from '../bundle.ts'
import { importFiles } from '../bundle.ts'
import type { Mutation } from './cells.ts'
import * as cells from './cells.ts'
import type { Draft as DraftType } from './draft.ts'
import { contentOf, Draft } from './draft.ts'
import { dropOrphans, writeOtherwise } from './harmless.ts'
import { judge, unnamed } from './judge.ts'
import * as lines from './lines.ts'
import type { Random } from './random.ts'
import { read } from './reading.ts'
import type { Held } from './register.ts'
import type { Kind, Table, Tables } from './tables.ts'
import * as files from './whole-files.ts'

const small: Mutation[] = [...Object.values(cells), ...Object.values(lines)]
const large: Mutation[] = Object.values(files)

/** Its rows are on one or several bundles, each row on one. */
export function partsOf(all: Record<Kind, Table>, random: Random): Tables[] {
  if (random.isChosen(0.7)) return [all]
  const count = 1 + random.below(2)
  const parts: Tables[] = Array.from({ length: count }, () => ({}))
  for (const [kind, { columns, rows }] of Object.entries(all) as [Kind, Table][])
    for (const row of random.shuffled(rows)) {
      // A new record comes with what it needs.
      const part = /\d{3}/.test(row.sourcedId ?? '') ? parts[0] : random.pick(parts)
      if (!part || random.isChosen(0.2)) continue
      part[kind] ??= { columns: [...columns], rows: [] }
      part[kind].rows.push(row)
    }
  return parts.filter((part) => Object.keys(part).length)
}

function manifest(source: string, tables: Tables, mode: 'bulk' | 'delta' | undefined): string {
  const files = mode ? Object.keys(tables).map((kind) => `file.${kind},${mode}\n`) : []
  return `propertyName,value\nmanifest.version,1.0\nsource.systemCode,${source}\noneroster.version,1.1\n${files.join('')}`
}

export interface Made {
  draft: DraftType
  options: Partial<ImportOptions>
  tables: Tables
}

export function makeDraft(tables: Tables, source: string, isWhole: boolean, random: Random): Made {
  const harmless = Array.from({ length: random.below(3) }).flatMap(() => writeOtherwise(tables, random))
  dropOrphans(tables)
  const mode = isWhole ? random.pick([undefined, 'bulk' as const]) : 'delta'
  const draft = new Draft(random, tables, { 'manifest.csv': manifest(source, tables, mode) })
  draft.done.push(...harmless)
  const wanted = random.pick([0, 1, 1, 1, 2])
  const chosen = random.isChosen(0.2) ? [random.pick(large)] : Array.from({ length: wanted }, () => random.pick(small))
  for (const mutation of chosen) for (let tries = 0; tries < 8 && !mutation(draft, random.pick(draft.files)); tries++);
  const options = { skipInvalid: random.isChosen(0.5), acceptShrink: random.isChosen(0.3) }
  return { draft, options, tables }
}

const filesOf = ({ files, others }: DraftType): Files => ({
  ...others,
  ...Object.fromEntries(files.map((file) => [file.name, contentOf(file)])),
})

type Outcome = Awaited<ReturnType<typeof importFiles>> | Error
const bringIn = (draft: DraftType, options: Partial<ImportOptions>): Promise<Outcome> =>
  importFiles(filesOf(draft), options).catch((error: Error) => error)

/** What is wrong, in words. */
export async function prove({ draft, options, tables }: Made, before: Held, look: () => Promise<Held>) {
  const outcome = await bringIn(draft, options)
  const after = await look()
  const isRefused = outcome instanceof Error
  const isSound = draft.places.length === 0
  const told = isRefused ? outcome.message : outcome.texts.rejected.join('\n')
  if (isRefused || !outcome.isApplied) {
    const wrong = isRefused && !(outcome instanceof BundleError) ? ['it broke'] : []
    if (JSON.stringify(before.everything) !== JSON.stringify(after.everything))
      wrong.push('something changed all the same')
    const shrunk = isRefused ? [] : outcome.shrunk
    if (isSound && !shrunk.length) wrong.push('a sound bundle was not taken')
    if (!/\w\.csv/.test(told) && !shrunk.length) wrong.push('no place is named')
    return { wrong, told, after, isApplied: false }
  }
  const verdict = judge([...read(tables)], draft.touched, before.register, after.register)
  const findings = [...outcome.rejected.shown, ...outcome.warnings.shown]
  const wrong = [...verdict.wrong, ...unnamed(draft, verdict.untaken, findings)]
  return { wrong, told: [told, ...outcome.texts.warnings].join('\n'), after, isApplied: true }
}

export const textOf = (draft: DraftType): string =>
  Object.entries(filesOf(draft))
    .map(([name, content]) => `${name}\n${content}`)
    .join('\n')
