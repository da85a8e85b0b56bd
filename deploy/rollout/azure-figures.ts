/** What Azure Monitor knows of a revision's requests, in minutes of its own. */
import type { Figures } from './backend.ts'

export interface MetricAnswer {
  value: {
    name: { value: string }
    timeseries: {
      metadatavalues: { name: { value: string }; value: string }[]
      data: { total?: number | null; average?: number | null }[]
    }[]
  }[]
}

const sum = (numbers: readonly (number | null | undefined)[]) =>
  numbers.reduce<number>((all, one) => all + (one ?? 0), 0)

const seriesOf = (answer: MetricAnswer) => answer.value.flatMap(({ timeseries }) => timeseries)

/** Requests by category of status: `5xx` failed. Without one series nothing is known yet. */
export function requestsIn(answer: MetricAnswer): { calls: number; failed: number } | undefined {
  const series = seriesOf(answer)
  if (!series.length) return undefined
  const count = (of: typeof series) => sum(of.flatMap(({ data }) => data.map(({ total }) => total)))
  const isFailed = ({ metadatavalues }: (typeof series)[number]) =>
    metadatavalues.some(({ name, value }) => name.value.toLowerCase() === 'statuscodecategory' && value === '5xx')
  return { calls: count(series), failed: count(series.filter(isFailed)) }
}

/** In ms: the mean of the minutes that have one. */
export function meanIn(answer: MetricAnswer): number | undefined {
  const means = seriesOf(answer).flatMap(({ data }) =>
    data.flatMap(({ average }) => (average == null ? [] : [average])),
  )
  return means.length ? sum(means) / means.length : undefined
}

export const figuresIn = (requests: MetricAnswer, times: MetricAnswer): Figures | undefined => {
  const counted = requestsIn(requests)
  return counted && { ...counted, tookMs: meanIn(times) }
}
