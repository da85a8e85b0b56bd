import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workflowOf, workflows } from './read.ts'
import { broken } from './rules.ts'

const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
const known = new Set(Object.keys(scripts))
const all = workflows()

test('every workflow keeps the rules', () => {
  expect(all.flatMap((one) => [...broken(one, known)].map((rule) => `${one.file}: ${rule}`))).toEqual([])
  expect(all.length).toBeGreaterThan(4)
})

test('an action has one version in all of them', () => {
  const used = new Set(all.flatMap(({ text }) => [...text.matchAll(/uses: (.*)/g)].map(([, name = '']) => name)))
  const names = [...used].map((name) => name.split('@')[0])
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
})

const good = `name: check
on: { pull_request: }
permissions: {}
concurrency: check
jobs:
  still:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: { contents: read }
    strategy: { matrix: { part: [still, sqlite 1/2] } }
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with: { persist-credentials: false }
      - run: bash .ci/run check -- \${{ matrix.part }}
`
const rulesOf = (text: string) => [...broken(workflowOf('ci.yml', text), known)]

test.each([
  ['@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2', '@v6', /^actions\/checkout@v6 is not pinned/],
  [' # v6.0.2', '', /is not pinned by its commit with its version/],
  ['pull_request:', 'pull_request_target:', /^pull_request_target runs the code of strangers/],
  ['permissions: {}\n', '', /^permissions: {} stands above the jobs/],
  ['concurrency: check\n', '', /^concurrency is not said/],
  ['    timeout-minutes: 5\n', '', /^still has no timeout-minutes/],
  ['    permissions: { contents: read }\n', '', /^still says no permissions/],
  ['{ contents: read }', '{ packages: write }', /lets a stranger's run write packages/],
  ['{ contents: read }', '{ contents: read }\n    environment: azure', /into the environment azure/],
  ['persist-credentials: false', 'fetch-depth: 0', /leaves the token in the checkout/],
  ['.ci/run check', '.ci/run chek', /^package.json has no script chek/],
  ['bash .ci/run check', 'npm test && npm publish', /is no single npm script or .ci\/run/],
  ['matrix.part', 'github.head_ref', /^"github.head_ref" stands in a command/],
  ['matrix.part', 'secrets.KEY', /would reach a secret/],
])('with %j as %j a workflow is refused', (was, becomes, rule) => {
  expect(rulesOf(good)).toEqual([])
  expect(good).toContain(was)
  expect(rulesOf(good.replace(was, becomes)).join('\n')).toMatch(new RegExp(rule, 'm'))
})

test('what comes after a stranger’s run checks out main alone, and Azure is signed in to from an environment', () => {
  const after = good.replace('pull_request:', 'workflow_run: { workflows: [check] }')
  expect(rulesOf(after)).toEqual([])
  const strange = after.replace('persist-credentials: false', 'persist-credentials: false, ref: abc')
  expect(rulesOf(strange)).toEqual([
    'it would run the code of a stranger with the rights of ours: check out main alone',
  ])
  const azure = `${good}      - uses: azure/login@a457da9ea143d694b1b9c7c869ebb04ebe844ef5 # v2.3.0\n`
  expect(rulesOf(azure)).toEqual(['still signs in to Azure without an environment'])
})
