import type { Plan } from '../compare.ts'
import type { Totals } from '../comparison/comparison.ts'
import { entities } from '../comparison/known.ts'
import type { Report } from '../report.ts'
import type { WrittenSchool } from './results.ts'

export interface Outcome {
  plan: Plan
  report: Report
  isApplied: boolean
  written: readonly WrittenSchool[]
  totals: Totals
  ended: number
}

const changes = ['new', 'changed', 'archived'] as const

export class Done {
  readonly #before: WrittenSchool[] = []

  add(written: readonly WrittenSchool[]): void {
    this.#before.push(...written)
  }

  get count(): number {
    return this.#before.length
  }

  /** What was written before counts as the same in the comparison that came after. */
  #totals({ totals }: Plan): Totals {
    const all = structuredClone(totals)
    const count = (entity: keyof Totals, change: (typeof changes)[number], times: number) => {
      all[entity][change] += times
      all[entity].same = Math.max(0, all[entity].same - times)
    }
    for (const { change, counted } of this.#before) {
      if (change !== 'same') count('school', change, 1)
      for (const entity of entities) for (const one of changes) count(entity, one, counted[entity]?.[one] ?? 0)
    }
    return all
  }

  ended(plan: Plan, report: Report, last: readonly WrittenSchool[]): Outcome {
    const written = [...this.#before, ...last]
    const promoted = written.reduce((sum, one) => sum + one.promoted, 0)
    if (promoted) report.note(`Students who waited and have a seat now: ${promoted}`)
    const ended = this.#before.reduce((sum, one) => sum + one.ended, plan.ended)
    return { plan, report, isApplied: true, written, totals: this.#totals(plan), ended }
  }

  /** Rows are rejected now that somebody has changed a school meanwhile; what is written stays. */
  stopped(plan: Plan, report: Report): Outcome {
    if (!this.#before.length)
      return { plan, report, isApplied: false, written: [], totals: plan.totals, ended: plan.ended }
    report.note(
      'Some schools were changed meanwhile and are left as they were, because of what is told here: import again',
    )
    return this.ended({ ...plan, ended: 0 }, report, [])
  }
}
