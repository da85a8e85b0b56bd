import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { byItself, endsAll } from './stopped/ends-all.ts'

it('what a test starts ends with it, also when it is killed: its file gives it to endWithUs', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.ts$/.test(file),
  )
  const texts = files.map((file) => ({ file, text: readFileSync(join(import.meta.dirname, file), 'utf8') }))
  const starting = texts.filter(({ text }) => /\b(spawn|fork)\((?!\\)/.test(text))
  expect(starting.length).toBeGreaterThan(3)
  expect(starting.filter(({ text }) => !/\bendWithUs\(|endWithUs</.test(text)).map(({ file }) => file)).toEqual([])
})

it('SIGTERM to a check whose tests are under way ends all that it started; other signals: full/stopped.sqlite.test.ts', () =>
  endsAll('SIGTERM', 'vitest', 143, byItself))
