/** What every workflow keeps, so that a stranger's pull request reaches no secret and no action changes under its name. */
import type { Job, Workflow } from './read.ts'
import { commandsOf } from './read.ts'

/** By its commit, with the version that this is for readers. */
const pinned = /^[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
/** A matrix holds words of ours. Everything else comes by the environment, where no shell reads it. */
const harmless = /^matrix\.\w+$/
/** CI has no logic of its own: a step is one command that a developer types as well. */
const command =
  /^(?:npm ci --ignore-scripts|npm run (?<script>[\w:]+)|bash \.ci\/run(?: (?<part>[\w:]+))?)(?: -- [\w/. :-]+)?$/

const secret = /\bsecrets\s*[.[]|\bsecrets: inherit/

const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps)
const expressions = (text: string) => [...text.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g)].map(([, inner = '']) => inner)

function* ofCommands({ jobs }: Workflow, scripts: ReadonlySet<string>): Generator<string> {
  for (const run of Object.values(jobs).flatMap(({ steps }) => steps.flatMap((step) => step.run ?? [])))
    for (const inner of expressions(run).filter((each) => !harmless.test(each)))
      yield `"${inner}" stands in a command: give it in env`
  for (const { run } of Object.values(jobs).flatMap(commandsOf)) {
    const { script, part } = command.exec(run)?.groups ?? {}
    const named = script ?? part
    if (!command.test(run)) yield `"${run}" is no single npm script or .ci/run`
    else if (named && !scripts.has(named)) yield `package.json has no script ${named}`
  }
}

/** Strangers start these: nothing of them may write, sign in elsewhere, or know a secret. */
function* ofStrangers({ jobs, text, on }: Workflow): Generator<string> {
  if (!('pull_request' in on)) return
  if (secret.test(text)) yield 'a pull request of a stranger would reach a secret'
  for (const [name, { permissions = {}, environment }] of Object.entries(jobs)) {
    const writes = Object.entries(permissions).filter(([scope, may]) => may === 'write' && scope !== 'security-events')
    if (writes.length) yield `${name} lets a stranger's run write ${writes.map(([scope]) => scope).join(', ')}`
    if (environment) yield `${name} takes a stranger's run into the environment ${environment}`
  }
}

/** They have rights that the run before them had not. */
function* afterStrangers(workflow: Workflow): Generator<string> {
  if (!('workflow_run' in workflow.on)) return
  for (const { uses = '', with: given = {} } of stepsOf(workflow))
    if (uses.startsWith('actions/checkout@') && ('ref' in given || 'repository' in given))
      yield 'it would run the code of a stranger with the rights of ours: check out main alone'
  if (secret.test(workflow.text)) yield 'it takes a secret beside what a stranger has made'
}

function* ofJob(name: string, job: Job): Generator<string> {
  if (!job.permissions) yield `${name} says no permissions`
  if (!job['timeout-minutes']) yield `${name} has no timeout-minutes`
  for (const { uses = '', with: given = {} } of job.steps) {
    if (uses.startsWith('actions/checkout@') && given['persist-credentials'] !== false)
      yield `${name} leaves the token in the checkout: persist-credentials: false`
    if (/^azure\/login@/i.test(uses) && !job.environment) yield `${name} signs in to Azure without an environment`
  }
}

/** In words, what the workflow does not keep. */
export function* broken(workflow: Workflow, scripts: ReadonlySet<string>): Generator<string> {
  const { text, on, permissions, concurrency, jobs } = workflow
  for (const [, used = ''] of text.matchAll(/^\s*(?:- )?uses: (.*)$/gm))
    if (!pinned.test(used)) yield `${used} is not pinned by its commit with its version behind it`
  if ('pull_request_target' in on) yield 'pull_request_target runs the code of strangers with the rights of ours'
  if (!permissions || Object.keys(permissions).length)
    yield 'permissions: {} stands above the jobs, and each job says its own'
  if (!concurrency) yield 'concurrency is not said'
  yield* ofStrangers(workflow)
  yield* afterStrangers(workflow)
  for (const [name, job] of Object.entries(jobs)) yield* ofJob(name, job)
  yield* ofCommands(workflow, scripts)
}
