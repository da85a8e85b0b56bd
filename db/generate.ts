/** `npm run db:generate -- --name <what-changed>`: the same step for both databases. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { lintSteps } from './lint/lint-steps.ts'
import { renameVariable } from './rename-answers.ts'

const text = { type: 'string', multiple: true } as const
function options() {
  try {
    return parseArgs({
      options: { name: { type: 'string' }, custom: { type: 'boolean' }, renamed: text, created: text },
    })
  } catch (error) {
    console.error((error as Error).message)
    process.exit(2)
  }
}
const { name, custom, renamed = [], created = [] } = options().values
const answers = [...renamed, ...created].join()
const command = [
  'node_modules/drizzle-kit/bin.cjs',
  'generate',
  ...(name ? ['--name', name] : []),
  ...(custom ? ['--custom'] : []),
]

const steps = () => readdirSync('drizzle/sqlite').filter((file) => /^\d{4}_\w+\.sql$/.test(file)).length
const first = steps()
for (const url of ['file:./data/homeroom.db', 'postgres://not-connected']) {
  const env = { ...process.env, DATABASE_URL: url, ...(answers && { [renameVariable]: answers }) }
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}

// The two runs have printed what the lint found.
if (lintSteps('.', first).findings.length) {
  console.error('Correct both files, or say in them why it is safe here: docs/migrations.md')
  process.exitCode = 1
}
