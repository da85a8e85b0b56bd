/** Mends what drizzle-kit writes for SQLite: to fill a rebuilt table it also asks the old one for the columns that are new. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Snapshot {
  tables: Record<string, { columns: Record<string, unknown> }>
}
interface Journal {
  entries: { idx: number; tag: string }[]
}

const filling = /INSERT INTO `__new_(\w+)`\(([^)]*)\) SELECT [^;]*? FROM `\1`;/g

/** Each rebuilt table is filled with the columns it had before; what is new in it takes its default, or nothing. */
export const mended = (step: string, before: Snapshot): string =>
  step.replace(filling, (_, table: string, list: string) => {
    const had = before.tables[table]?.columns ?? {}
    const kept = list.split(', ').filter((column) => column.replaceAll('"', '') in had)
    return `INSERT INTO \`__new_${table}\`(${kept.join(', ')}) SELECT ${kept.join(', ')} FROM \`${table}\`;`
  })

/** Mends the newest step in `folder`, such as drizzle/sqlite. */
export function mendNewest(folder: string): void {
  const read = <T>(file: string) => JSON.parse(readFileSync(join(folder, 'meta', file), 'utf8')) as T
  const newest = read<Journal>('_journal.json').entries.at(-1)
  if (!newest?.idx) return
  const file = join(folder, `${newest.tag}.sql`)
  const step = readFileSync(file, 'utf8')
  const after = mended(step, read<Snapshot>(`${String(newest.idx - 1).padStart(4, '0')}_snapshot.json`))
  if (after !== step) writeFileSync(file, after)
}
