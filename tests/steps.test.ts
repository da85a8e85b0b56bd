import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import type { Step } from './steps.ts'
import { runSteps } from './steps.ts'

it('what a test starts ends with it, also when it is killed: its file gives it to endWithUs', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.ts$/.test(file),
  )
  const texts = files.map((file) => ({ file, text: readFileSync(join(import.meta.dirname, file), 'utf8') }))
  const starting = texts.filter(({ text }) => /\b(spawn|fork)\((?!\\)/.test(text))
  expect(starting.length).toBeGreaterThan(3)
  expect(starting.filter(({ text }) => !/\bendWithUs\(|endWithUs</.test(text)).map(({ file }) => file)).toEqual([])
})

const folder = mkdtempSync(join(tmpdir(), 'homeroom-steps-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const shell = (name: string, script: string): Step => ({ name, command: ['sh', '-c', script], cwd: folder })
const meet = (mine: string, other: string) => `touch ${mine}; while [ ! -e ${other} ]; do sleep 0.02; done`

async function said(work: () => Promise<number>): Promise<{ code: number; text: string }> {
  const parts: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((part) => Boolean(parts.push(String(part))))
  const log = vi.spyOn(console, 'log').mockImplementation((part) => void parts.push(`${part}\n`))
  const code = await work().finally(() => {
    write.mockRestore()
    log.mockRestore()
  })
  return { code, text: parts.join('') }
}

it('two lanes run at once, each in its order, and their counts are added up', async () => {
  const { code, text } = await said(() =>
    runSteps([
      shell('first', 'touch first'),
      {
        lane: [shell('a', meet('a', 'b')), shell('c', 'exit 3')],
        beside: [shell('b', `[ -e first ] && ${meet('b', 'a')}`), shell('d', 'touch d')],
      },
    ]),
  )
  expect(code).toBe(1)
  expect(existsSync(join(folder, 'd'))).toBe(true)
  expect(text).toMatch(/Failed: c\n\n4 passed, 1 failed\n$/)
})

it('what a step beside the first lane says is seen whole, between its name and how it ended', async () => {
  const { code, text } = await said(() =>
    runSteps([
      {
        lane: [shell('e', meet('e', 'f')), shell('g', meet('g', 'h'))],
        beside: [shell('talker', `echo one; ${meet('f', 'g')}; echo two >&2; touch h`)],
      },
    ]),
  )
  expect(code).toBe(0)
  expect(text).toMatch(/\n── talker\none\ntwo\n── talker: passed in \d/)
})
