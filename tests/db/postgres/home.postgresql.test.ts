import { afterAll, expect, inject, test } from 'vitest'
import { postgresRunner } from '../../../db/migrate-postgres.ts'
import { migrationFiles } from '../../../db/migration-files.ts'
import { openPostgres } from '../../../db/postgres/database.ts'
import { unfitness } from '../../../db/postgres/home.ts'
import { homeroom } from '../../setup/server.ts'
import { outsider } from '../outsider.ts'

const own = outsider(inject('postgresUrl'))
afterAll(() => own.close())

test.each(['LATIN1', 'SQL_ASCII', 'WIN1252'])(
  'a database of the encoding %s is refused at the start in one line',
  async (encoding) => {
    const name = `home_${process.pid}_${encoding.toLowerCase()}`
    const [row] = await own.rows<{ version: number }>(`select current_setting('server_version_num')::int as version`)
    const provider = (row?.version ?? 0) < 150_000 ? '' : 'locale_provider libc'
    await own.rows(
      `create database ${name} encoding '${encoding}' lc_collate 'C' lc_ctype 'C' ${provider} template template0`,
    )
    const url = inject('postgresUrl').replace(/postgres$/, name)
    const sentence = `The database has the encoding ${encoding}, which has no room for every name`
    await expect(postgresRunner(url).migrate(migrationFiles('drizzle'))).rejects.toThrow(sentence)
    await expect(openPostgres(url, { min: 1, max: 1 })).rejects.toThrow(sentence)
    const { code, output } = await homeroom(['start'], {
      env: { DATABASE_URL: url, DATABASE_DIRECT_URL: url, PORT: '0' },
    })
    expect(code).toBe(1)
    expect(
      output
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('{')),
    ).toEqual([expect.stringContaining(sentence)])
    await own.rows(`drop database ${name} with (force)`)
  },
)

const fit = { encoding: 'UTF8', version: 130_000, schema: 'public', register: null }
test.each([
  [{}, undefined],
  [{ version: 180_004 }, undefined],
  [{ register: 'public' }, undefined],
  [{ version: 120_022 }, /^This is PostgreSQL 12: Homeroom needs PostgreSQL 13 or later$/],
  [{ encoding: 'SQL_ASCII' }, /encoding SQL_ASCII/],
  [{ schema: null }, /^The search_path names no schema/],
  [{ schema: 'hr', register: 'public' }, /^The search_path has a register in schema public/],
])('where a register is to be kept, %o is told by %s', (found, sentence) => {
  if (sentence) expect(unfitness({ ...fit, ...found })).toMatch(sentence)
  else expect(unfitness({ ...fit, ...found })).toBeUndefined()
})
