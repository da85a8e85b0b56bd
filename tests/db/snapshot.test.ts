import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { snapshotText } from '../../db/snapshot.ts'

test('a snapshot has a line for each table, and says what drizzle-kit wrote', () => {
  for (const folder of ['drizzle/sqlite/meta', 'drizzle/postgresql/meta']) {
    const newest = readdirSync(folder)
      .filter((name) => name.endsWith('_snapshot.json'))
      .toSorted()
      .at(-1)
    const written = JSON.parse(readFileSync(`${folder}/${newest}`, 'utf8'))
    const text = snapshotText(written)
    expect(JSON.parse(text)).toEqual(written)
    expect(text.split('\n').length).toBe(Object.keys(written.tables).length + 4)
  }
})
