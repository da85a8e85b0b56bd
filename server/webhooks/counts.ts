import type { Answered, WebhookProblem } from './send.ts'

const counts = new Map<WebhookProblem | 'ok', number>()

export function countAttempt({ problem }: Answered): void {
  const ending = problem ?? 'ok'
  counts.set(ending, (counts.get(ending) ?? 0) + 1)
}

/** The attempts of this process, by how they ended. */
export const allAttempts = (): [ending: string, count: number][] => [...counts]
