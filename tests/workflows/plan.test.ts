import { expect, test } from 'vitest'
import { planOf } from './plan.ts'
import { workflowOf } from './read.ts'

const workflow = workflowOf(
  'ci.yml',
  `name: check
env: { HOMEROOM_REPORTS: reports/run }
jobs:
  tests:
    strategy: { matrix: { node: [20, 24], part: [unit, sqlite 1/2] } }
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
      - run: npm ci --ignore-scripts
      - run: bash .ci/run check -- \${{ matrix.part }}
        env: { TOKEN: '\${{ github.token }}', OTHER: '\${{ github.actor }}' }
`,
)

test('each command of the matrix runs here once, on the Node that is here, and the rest is named with why', () => {
  const { runs, left } = planOf([workflow], '24')
  const env = { HOMEROOM_REPORTS: 'reports/run', TOKEN: 'a-token-of-nobody', OTHER: '' }
  expect(runs).toEqual([
    { job: 'check / tests', command: 'bash .ci/run check -- unit', env },
    { job: 'check / tests', command: 'bash .ci/run check -- sqlite 1/2', env },
  ])
  const [actions, ...others] = left
  expect(actions).toEqual({ job: 'check / tests', what: 'actions/checkout', why: 'actions run on GitHub alone' })
  expect(others.filter(({ why }) => why.includes('test:nodes -- 20')).map(({ what }) => what)).toEqual([
    'bash .ci/run check -- unit',
    'bash .ci/run check -- sqlite 1/2',
  ])
  expect(others.filter(({ what }) => what.startsWith('npm ci'))).toHaveLength(4)
})
