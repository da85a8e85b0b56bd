import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Snapshot } from '../snapshot.ts'
import type { Finding, Linted } from './lint.ts'
import { lint, told } from './lint.ts'
import type { SquawkFinding } from './squawk.ts'
import { squawk } from './squawk.ts'
import type { Step } from './step.ts'
import { statementsOf, stepOf } from './step.ts'

/** Steps before it were applied before there was a lint: they can't be edited any more. */
export const firstLinted = 23

const dialects = ['sqlite', 'postgresql'] as const
interface Entry {
  idx: number
  tag: string
}

function stepsOf(folder: string, dialect: Step['dialect'], first: number): Step[] {
  const own = join('drizzle', dialect)
  const read = (name: string) => readFileSync(join(folder, own, name), 'utf8')
  const { entries } = JSON.parse(read('meta/_journal.json')) as { entries: Entry[] }
  const snapshot = (idx: number): Snapshot | undefined => {
    const name = `meta/${String(idx).padStart(4, '0')}_snapshot.json`
    return existsSync(join(folder, own, name)) ? JSON.parse(read(name)) : undefined
  }
  const earlier: string[] = []
  return entries.flatMap(({ idx, tag }) => {
    const content = read(`${tag}.sql`)
    const before = [...earlier]
    earlier.push(...statementsOf(content).map(({ text }) => text))
    if (idx < first) return []
    const around = { earlier: before, before: snapshot(idx - 1), after: snapshot(idx) }
    return [stepOf({ file: join(own, `${tag}.sql`), dialect, content }, around)]
  })
}

function added(found: readonly SquawkFinding[], steps: readonly Step[], linted: readonly Linted[]): Finding[] {
  return found.flatMap(({ file, line, rule, what, help }) => {
    const index = steps.findIndex((step) => step.file === file)
    const [step, own] = [steps[index], linted[index]]
    const statement = step?.statements.findLast((each) => each.line <= line)
    const isAllowed = step?.exceptions.some((exception) => exception.rule === rule && exception.reason)
    if (isAllowed || own?.spokenOf.some((each) => each === statement)) return []
    return [
      { file, line, rule, what, lock: 'see squawkhq.com/docs/rules', instead: help ? [help] : ['squawk does not say'] },
    ]
  })
}

export interface LintReport {
  findings: Finding[]
  exceptions: Linted['exceptions']
  steps: number
  /** False where npm has no squawk for this machine: only our own rules were asked. */
  hasSquawk: boolean
}

export function lintSteps(folder: string, first = firstLinted, of: readonly Step['dialect'][] = dialects): LintReport {
  const steps = of.flatMap((dialect) => stepsOf(folder, dialect, first))
  const linted = steps.map(lint)
  const files = steps.filter(({ dialect }) => dialect === 'postgresql').map(({ file }) => file)
  const others = squawk(files, folder)
  return {
    findings: [...linted.flatMap(({ findings }) => findings), ...added(others ?? [], steps, linted)],
    exceptions: linted.flatMap(({ exceptions }) => exceptions),
    steps: steps.length,
    hasSquawk: others !== undefined,
  }
}

const exceptionTold = ({ file, line, rule, target, reason }: LintReport['exceptions'][number]) =>
  `${file}:${line} allows ${target ? `${rule} ${target}` : rule}: ${reason}`

function toldOnce(findings: readonly Finding[]): string[] {
  const shown = new Set<string>()
  return findings.map((finding) => {
    const sequence = finding.instead.join('\n')
    const isShown = shown.has(sequence)
    shown.add(sequence)
    return told(isShown ? { ...finding, instead: ['what is shown above'] } : finding)
  })
}

export function reportLines({ findings, exceptions, hasSquawk }: LintReport): string[] {
  const missing = `squawk is not installed for ${process.platform} ${process.arch}: only the rules of db/lint were asked`
  return [...toldOnce(findings), ...exceptions.map(exceptionTold), ...(hasSquawk ? [] : [missing])]
}
