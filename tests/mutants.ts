/** `npm run test:mutants -- --runs 5000 --seed N`: spoiled bundles on SQLite; `--postgresql` on PostgreSQL, `--only N` one of them. */
import { parseArgs } from 'node:util'
import { vitest } from './runners.ts'
import { runSteps } from './steps.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    only: { type: 'string' },
    postgresql: { type: 'boolean', default: false },
  },
})
const [seed, runs] = [Number(values.seed), Number(values.runs)]
const asked = { seed, runs, ...(values.only !== undefined && { only: Number(values.only) }) }
const project = values.postgresql ? 'postgresql' : 'sqlite'
console.log(`Seed ${seed}, ${values.only === undefined ? `${runs} mutants` : `mutant ${values.only}`}, on ${project}`)
const step = vitest('mutants', 'mutants', `--project=${project}`, 'tests/server/oneroster/import/mutants.test.ts')
process.exitCode = await runSteps([{ ...step, env: () => ({ HOMEROOM_MUTANTS: JSON.stringify(asked) }) }])
