/** Renews what is committed, unless that would break what was promised. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { program } from '../steps.ts'
import { differences } from './differences.ts'
import { mergedAnswers } from './merged.ts'
import { apiOfToday, routerOfToday } from './of-today.ts'
import type { Contract } from './promised.ts'
import type { Schema } from './schema.ts'
import { breakSentence } from './words.ts'

const root = join(import.meta.dirname, '../..')
/** It calls every procedure with a valid input. */
const walk = 'tests/server/budgets'

export type Answers = Record<string, Schema>
export const added = (all: readonly Answers[]): Answers => {
  const answers: Answers = {}
  for (const one of all)
    for (const [path, schema] of Object.entries(one))
      answers[path] = answers[path] ? mergedAnswers(answers[path], schema) : schema
  return answers
}

function seenBy(tests: readonly string[]): Answers {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-contract-'))
  try {
    const args = ['run', '--config', 'tests/vitest.config.ts', '--project=sqlite', '--project=postgresql', ...tests]
    const env = { ...process.env, HOMEROOM_CONTRACT_SEEN: folder }
    const { status } = spawnSync(program('vitest'), args, { cwd: root, env, stdio: 'inherit' })
    if (status !== 0) console.error('A test failed: what the others saw is recorded')
    const files = readdirSync(folder).toSorted()
    return added(files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Answers))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** All tests together tell what is not answered any more; some of them only what is answered besides. */
function answersWith(committed: Contract, tests: readonly string[]): Answers {
  const known = Object.entries(committed.router).flatMap(([path, { answer }]) => (answer ? [[path, answer]] : []))
  const before = Object.fromEntries(known) as Answers
  const seen = seenBy([walk, ...tests])
  return tests.includes('tests/server') ? seen : added([before, seen])
}

interface Options {
  on: string
  widened: boolean
  write(contract: Contract): void
}

export function record(committed: Contract, tests: readonly string[], options: Options): number {
  const { on, widened, write } = options
  const is: Contract = { api: apiOfToday(), router: routerOfToday(answersWith(committed, tests)) }
  const { breaks } = differences(committed, is, on)
  const isWidened = ({ who, way, kind }: (typeof breaks)[number]) =>
    widened && who === 'screens' && way === 'answer' && kind !== 'gone'
  const refused = breaks.filter((one) => !isWidened(one))
  for (const one of refused) console.error(breakSentence(one))
  if (refused.length) return 1
  write(is)
  console.log('docs/openapi.json and tests/contract/promised are as the code says it')
  return 0
}
