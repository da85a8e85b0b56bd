/** This version's server tests on the schema of a next one, which a compatible step has made: what a deploy leaves it to serve on. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onPostgres } from '../db/outsider.ts'
import type { ProjectCopy } from '../db/project-copy.ts'
import { copyProject } from '../db/project-copy.ts'
import { endWithUs } from '../setup/end-with-us.ts'

let project: ProjectCopy
beforeAll(async () => {
  project = copyProject()
  project.edit(
    'db/schema/students.ts',
    'mergedIntoId: c.ref(),',
    'mergedIntoId: c.ref(), pronouns: c.text(50), leftOn: c.date(),',
  )
  project.edit(
    'db/values.ts',
    "studentStatuses = ['active', 'inactive']",
    "studentStatuses = ['active', 'inactive', 'away']",
  )
  const url = onPostgres ? 'postgres://localhost/of-no-use' : 'file:of-no-use.db'
  const { output } = await project.kit(url, 'generate', '--name', 'next')
  const [file = ''] = /drizzle\/\S+_next\.sql/.exec(output) ?? [output]
  expect(readFileSync(join(project.folder, file), 'utf8')).toMatch(/^-- compatible/)
})
afterAll(() => project.remove())

const parts = ['students', 'enrollments', 'classes', 'live', 'journal', 'history', 'undo', 'merge', 'home']

test('the server tests pass on it', async () => {
  const { HOMEROOM_TESTS: _, ...env } = process.env
  const args = ['run', '--config', 'tests/vitest.config.ts', `--project=${process.env.HOMEROOM_TEST_DATABASE}`]
  const child = endWithUs(
    spawn(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', ...args, ...parts.map((part) => `tests/server/${part}/`)],
      {
        env: { ...env, HOMEROOM_TESTS_MIGRATED_BY: project.folder },
        detached: true,
      },
    ),
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part))
  const [code] = await once(child, 'close')
  expect(code, said.slice(-5000)).toBe(0)
  expect(said).toMatch(/Tests .*\d+ passed/)
}, 1_200_000)
