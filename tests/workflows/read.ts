/** The workflows of GitHub, as they are written. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export interface WorkflowStep {
  id?: string
  if?: string
  uses?: string
  run?: string
  with?: Record<string, unknown>
  env?: Record<string, unknown>
}
export interface Job {
  if?: string
  permissions?: Record<string, string>
  environment?: string
  'timeout-minutes'?: number
  strategy?: { matrix?: Record<string, (string | number)[]> }
  steps: WorkflowStep[]
}
export interface Workflow {
  file: string
  text: string
  name: string
  on: Record<string, unknown>
  permissions?: Record<string, string>
  concurrency?: unknown
  env?: Record<string, string>
  jobs: Record<string, Job>
}

type Choice = Record<string, string | number>

/** Every choice of the matrix; one without any where there is none. */
const choicesOf = ({ strategy }: Job): Choice[] =>
  Object.entries(strategy?.matrix ?? {}).reduce<Choice[]>(
    (choices, [name, values]) => choices.flatMap((choice) => values.map((value) => ({ ...choice, [name]: value }))),
    [{}],
  )

/** What a job runs on each machine, with the words of the matrix in it. */
export const commandsOf = (job: Job): { run: string; choice: Choice; env: Record<string, unknown> }[] =>
  choicesOf(job).flatMap((choice) =>
    job.steps.flatMap(({ run, env = {} }) => {
      const filled = run?.replaceAll(/\$\{\{ matrix\.(\w+) \}\}/g, (all, name) => String(choice[name] ?? all))
      return filled === undefined ? [] : [{ run: filled, choice, env }]
    }),
  )

export const workflowOf = (file: string, text: string): Workflow => ({ file, text, ...parse(text) })

const folder = join(import.meta.dirname, '../../.github/workflows')
export const workflows = (): Workflow[] =>
  readdirSync(folder)
    .toSorted()
    .map((file) => workflowOf(file, readFileSync(join(folder, file), 'utf8')))
