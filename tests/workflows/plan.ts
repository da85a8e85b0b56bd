/** What of the workflows can run on this machine, and what can't and why. */
import type { Workflow } from './read.ts'
import { commandsOf } from './read.ts'

export interface Planned {
  /** `check / tests`. */
  job: string
  command: string
  env: Record<string, string>
}
export interface Left {
  job: string
  what: string
  why: string
}
export interface Plan {
  runs: Planned[]
  left: Left[]
}

/** What only GitHub or Azure can answer is known by this machine in these words. */
const known: Record<string, string> = {
  'github.token': 'a-token-of-nobody',
  'github.event.workflow_run.id': '1',
  'vars.AZURE_REGISTRY': 'homeroomlocal',
}
const filled = (value: unknown): string =>
  String(value).replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => known[name] ?? '')

const envOf = (...given: (Record<string, unknown> | undefined)[]): Record<string, string> =>
  Object.fromEntries(given.flatMap((env) => Object.entries(env ?? {}).map(([name, value]) => [name, filled(value)])))

/** `node` is the major version that runs here. */
export function planOf(workflows: readonly Workflow[], node: string): Plan {
  const plan: Plan = { runs: [], left: [] }
  for (const workflow of workflows)
    for (const [name, each] of Object.entries(workflow.jobs)) {
      const job = `${workflow.name} / ${name}`
      const actions = new Set(each.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []))
      plan.left.push({ job, what: [...actions].join(', '), why: 'actions run on GitHub alone' })
      for (const { run, choice, env } of commandsOf(each)) {
        const isElsewhere = choice.node !== undefined && String(choice.node) !== node
        if (run.startsWith('npm ci')) plan.left.push({ job, what: run, why: 'it is installed already' })
        else if (isElsewhere)
          plan.left.push({ job, what: run, why: `npm run test:nodes -- ${choice.node} runs the tests on that Node` })
        else plan.runs.push({ job, command: run, env: envOf(workflow.env, env) })
      }
    }
  return plan
}
