/** Browser tests of one version, run on a mixture of two. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { endWithUs } from '../setup/end-with-us.ts'
import { root } from './app.ts'

export interface Passed {
  passed: number
  /** Their titles. */
  failed: string[]
}

interface Suite {
  suites?: Suite[]
  specs?: { title: string; ok: boolean }[]
}
const specsOf = ({ suites = [], specs = [] }: Suite): { title: string; ok: boolean }[] => [
  ...specs,
  ...suites.flatMap(specsOf),
]

/** Runs these files of tests/e2e in `folder`, on the dist/ that is in it. */
export async function runBrowserTests(folder: string, files: readonly string[]): Promise<Passed> {
  const report = join(folder, 'browser-tests.json')
  const cli = join(root, 'node_modules/@playwright/test/cli.js')
  const args = [cli, 'test', '--config', 'tests/e2e/playwright.config.ts', '--reporter', 'json', ...files]
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const child = endWithUs(spawn(process.execPath, args, { cwd: folder, stdio: 'ignore', env, detached: true }))
  await new Promise((resolve) => child.once('exit', resolve))
  const specs = specsOf(JSON.parse(readFileSync(report, 'utf8')) as Suite)
  return {
    passed: specs.filter(({ ok }) => ok).length,
    failed: specs.filter(({ ok }) => !ok).map(({ title }) => title),
  }
}
