/** A check that goes on until it is stopped: `vitest` or `browser` names the runner whose test has everything started, beside another step. */
import type { Step } from '../steps.ts'
import { program, runSteps } from '../steps.ts'

const vitest = ['vitest', 'run', '--config', 'tests/vitest.config.ts', '--project=postgresql']
const commands: Record<string, string[]> = {
  vitest,
  browser: ['playwright', 'test', '--config', 'tests/stopped/playwright.config.ts'],
}
const name = process.argv[2] ?? ''
const [runner = '', ...args] = commands[name] ?? []
const env = () => ({ HOMEROOM_TESTS: 'stopped' })
const runs = { name, command: [program(runner), ...args], env } satisfies Step
process.exitCode = await runSteps([{ lane: [runs], beside: [{ name: 'beside', command: ['sleep', '600'] }] }])
