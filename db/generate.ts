import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { moveLargeIndexes } from './large-indexes.ts'
import { lintSteps, reportLines } from './lint/lint-steps.ts'
import { lintLater, stepsFrom } from './mend-step.ts'
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
const steps = () => readdirSync('drizzle/sqlite').filter((file) => /^\d{4}_\w+\.sql$/.test(file)).length

function generate(...options: string[]): void {
  for (const url of ['file:./data/homeroom.db', 'postgres://not-connected']) {
    const env = { ...process.env, DATABASE_URL: url, [lintLater]: '1', ...(answers && { [renameVariable]: answers }) }
    const command = ['node_modules/drizzle-kit/bin.cjs', 'generate', ...options]
    const { status } = spawnSync(process.execPath, command, { stdio: 'inherit', env })
    if (status !== 0) process.exit(status ?? 1)
  }
}

const first = steps()
generate(...(name ? ['--name', name] : []), ...(custom ? ['--custom'] : []))
if (!custom && steps() > first) moveLargeIndexes('drizzle', (index) => generate('--custom', '--name', index))

const linted = lintSteps('.', first)
for (const line of reportLines(linted)) console.error(line)
if (linted.findings.length) {
  console.error('Correct both files, or say in them why it is safe here: docs/migrations.md')
  process.exitCode = 1
}
for (const { tag } of stepsFrom('drizzle', first))
  if (!existsSync(`drizzle/sqlite/${tag}.down.sql`) || !existsSync(`drizzle/postgresql/${tag}.down.sql`))
    console.error(
      `Write the way back of ${tag} into its .down.sql for both databases, or the line "-- irreversible: <why>" into both steps`,
    )
