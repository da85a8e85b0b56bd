import { expect, test } from 'vitest'
import type { MetricAnswer } from '../../../deploy/rollout/azure-figures.ts'
import { figuresIn } from '../../../deploy/rollout/azure-figures.ts'

const requests: MetricAnswer = {
  value: [
    {
      name: { value: 'Requests' },
      timeseries: [
        {
          metadatavalues: [{ name: { value: 'statuscodecategory' }, value: '2xx' }],
          data: [{ total: 90 }, { total: 100 }],
        },
        { metadatavalues: [{ name: { value: 'statuscodecategory' }, value: '5xx' }], data: [{ total: 10 }, {}] },
      ],
    },
  ],
}
const times = (...averages: (number | null)[]): MetricAnswer => ({
  value: [
    {
      name: { value: 'ResponseTime' },
      timeseries: [{ metadatavalues: [], data: averages.map((average) => ({ average })) }],
    },
  ],
})

test('the minutes are added up, and 5xx failed', () => {
  expect(figuresIn(requests, times(20, null, 40))).toEqual({ calls: 200, failed: 10, tookMs: 30 })
})

test('a revision that nobody has asked yet is unknown, and not without failures', () => {
  const none: MetricAnswer = { value: [{ name: { value: 'Requests' }, timeseries: [] }] }
  expect(figuresIn(none, times())).toBeUndefined()
})
