/**
 * `npm run ci:local [-- --list] [-- <job> …]`: runs each command of the workflows that can run on this machine, or those of the jobs
 * whose names have one of the words. docker, az and gh are stubs: what they were told is printed, with what was left out.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Step } from '../steps.ts'
import { runSteps } from '../steps.ts'
import type { Planned } from './plan.ts'
import { planOf } from './plan.ts'
import { workflows } from './read.ts'

const { values, positionals: words } = parseArgs({ options: { list: { type: 'boolean' } }, allowPositionals: true })
const plan = planOf(workflows(), process.versions.node.split('.')[0] ?? '')
const isWanted = ({ job }: { job: string }) => !words.length || words.some((word) => job.includes(word))
const runs = plan.runs.filter(isWanted)
const left = plan.left.filter(isWanted)

const folder = mkdtempSync(join(tmpdir(), 'homeroom-ci-'))
const record = join(folder, 'record')
const programs = join(folder, 'programs')
const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()

/** Before all other programs of these names. */
function makeStubs(): void {
  mkdirSync(programs)
  for (const name of ['docker', 'az', 'gh']) {
    copyFileSync(join(import.meta.dirname, 'stub.mjs'), join(programs, name))
    chmodSync(join(programs, name), 0o755)
  }
}

function environment(): Record<string, string> {
  const [commit = '', before = commit] = git('log', '-2', '--format=%H').split('\n')
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  return {
    PATH: `${programs}${delimiter}${process.env.PATH}`,
    HOMEROOM_INSTALLED: 'yes',
    GITHUB_REPOSITORY: 'us/homeroom',
    GITHUB_SHA: commit,
    GITHUB_REF_NAME: `v${version}`,
    GITHUB_OUTPUT: join(folder, 'output'),
    STUB_RECORD: record,
    STUB_COMMIT: commit,
    STUB_BASE: before,
  }
}

const stepOf = ({ job, command, env }: Planned): Step => ({
  name: `${job}: ${command}`,
  command: command.split(' ') as [string, ...string[]],
  env: () => ({ ...environment(), ...env }),
})

function told(): void {
  const lines = existsSync(record) ? readFileSync(record, 'utf8').split('\n').filter(Boolean) : []
  if (lines.length) console.log('\nThe stubs were told:')
  for (const line of lines) {
    const { program, args, bytes } = JSON.parse(line) as { program: string; args: string[]; bytes: number }
    console.log(`  ${program} ${args.join(' ')}${bytes ? `  (${bytes} bytes of input)` : ''}`)
  }
}

function sayLeft(): void {
  console.log('\nLeft out:')
  for (const { job, what, why } of left) console.log(`  ${job}: ${what}: ${why}`)
}

try {
  if (values.list) {
    for (const { job, command } of runs) console.log(`${job}: ${command}`)
    sayLeft()
  } else {
    makeStubs()
    sayLeft()
    process.exitCode = await runSteps(runs.map(stepOf))
    told()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
