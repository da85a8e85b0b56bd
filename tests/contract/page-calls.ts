/** The calls of pages: a line for each procedure and set of keys. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inputOf, procedures } from '../setup/sample-input.ts'
import { program } from '../steps.ts'
import type { PageCall } from './consumers.ts'
import { linesOf } from './consumers.ts'

const committed = join(import.meta.dirname, '../contracts/pages.jsonl')

function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysOf)
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value
  return Object.entries(value)
    .map(([key, one]) => [key, keysOf(one)])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
}

const isTaken = ({ call, input }: PageCall): boolean => {
  const procedure = new Map(procedures).get(call)
  return procedure !== undefined && (inputOf(procedure)?.safeParse(input).success ?? true)
}

/** One line for each set of keys; what a page sent that was refused is no promise. */
export function distinct(calls: readonly PageCall[]): PageCall[] {
  const found = new Map(calls.filter(isTaken).map((one) => [`${one.call} ${JSON.stringify(keysOf(one.input))}`, one]))
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** Runs browser tests, and adds what their pages send to tests/contracts/pages.jsonl. The build must be there. */
export function recordCalls(tests: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-contract-'))
  const env = { ...process.env, HOMEROOM_CONTRACT_CALLS: join(folder, 'calls') }
  try {
    spawnSync(program('playwright'), ['test', '--config', 'tests/e2e/playwright.config.ts', ...tests], {
      env,
      stdio: 'inherit',
    })
    const texts = [committed, env.HOMEROOM_CONTRACT_CALLS].map((name) =>
      existsSync(name) ? readFileSync(name, 'utf8') : '',
    )
    const calls = distinct(texts.flatMap((text) => linesOf(text)) as PageCall[])
    writeFileSync(committed, calls.map((line) => `${JSON.stringify(line)}\n`).join(''))
    console.log(`${calls.length} calls of pages are in tests/contracts/pages.jsonl`)
    return 0
  } finally {
    rmSync(folder, { recursive: true })
  }
}
