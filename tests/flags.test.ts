/** Every flag that is asked for is registered and every registered one is asked for, with an owner, an end and a place in the docs. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { flags as words } from '../client/messages/en/flags.ts'
import { formatsFor } from '../client/messages/formats.ts'
import type { Flag } from '../server/flags/registry.ts'
import { flags, inOrder } from '../server/flags/registry.ts'
import type { Use } from '../server/flags/uses.ts'
import { askedFor, becomes, usesOf } from '../server/flags/uses.ts'
import { appRouter } from '../server/router.ts'

const root = join(import.meta.dirname, '..')
const all: [string, Flag][] = Object.entries(flags)

test('each flag that is asked for is registered', () => {
  const unregistered = [...askedFor(root)].filter(([key]) => !Object.hasOwn(flags, key)).map(([, uses]) => uses)
  expect(unregistered, 'add it to server/flags/registry.ts, or take the question out').toEqual([])
})

test('each registered flag is asked for', () => {
  const asked = askedFor(root)
  const unasked = all.filter(([key]) => !asked.has(key)).map(([key]) => key)
  expect(unasked, 'a flag that decides nothing goes: take its entry out of server/flags/registry.ts').toEqual([])
})

test('each flag says who takes it out and when, and what it does', () => {
  const docs = readFileSync(join(root, 'docs/flags.md'), 'utf8')
  for (const [key, { kind, owner, created, expires, does, replaces }] of all) {
    expect(key).toMatch(/^[a-z][a-z0-9-]{1,35}$/)
    expect(owner && does, key).toBeTruthy()
    expect(created).toMatch(/^\d{4}-\d\d-\d\d$/)
    if (kind === 'release') expect(expires, `${key}: a release flag has an end`).not.toBe(null)
    if (expires !== null) expect(created < expires, key).toBe(true)
    expect(docs, `${key} stands in docs/flags.md`).toContain(`\`${key}\``)
    if (replaces) expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`| \`${replaces.setting}\` |`)
  }
  expect(inOrder(flags).toSorted()).toEqual(Object.keys(flags).toSorted())
})

test('the calls that a flag is compared by are there, and a new way has some', () => {
  const calls = new Set(Object.keys(appRouter._def.procedures))
  for (const [key, flag] of all) {
    expect(
      (flag.calls ?? []).filter((call) => !calls.has(call)),
      key,
    ).toEqual([])
    if (flag.kind === 'release') expect(flag.calls, `${key}: the guard needs the calls of both sides`).toBeTruthy()
  }
})

test('the page says of each flag what the command line says', () => {
  const { named } = words(formatsFor('en-GB', 'Europe/London'))
  expect(Object.entries(named).map(([key, { does }]) => [key, does])).toEqual(all.map(([key, { does }]) => [key, does]))
})

const due = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'tests/due.ts', ...args], { cwd: root, encoding: 'utf8' })

test('the command of what is due judges by a date, and fails only where something is overdue', () => {
  expect(due('--on', '2026-12-01')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Nothing is overdue on 2026-12-01'),
  })
  const late = due('--on', '2099-01-01')
  expect(late.status).toBe(1)
  expect(late.stderr).toContain('The flag move-page is overdue since 2027-11-30')
  expect(late.stderr).toContain('MOVE_PAGE is overdue since 2027-05-31')
  expect(due('--on', 'soon').status).toBe(2)
})

function inFolder(files: Record<string, string>, work: (root: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-flags-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('questions are found over several lines, and other words are not taken for one', () => {
  const files = {
    'server/one.ts':
      "const x = isOn(ctx, 'new-roll')\nisOn(\n  { flags: of(a, b) },\n  'new-roll',\n)\nsayIsOn('no')\n",
    'client/two.tsx': "const isNew = useFlag('new-roll', false)\nconst other = 'new-roll-2'\n",
    'docs/three.md': 'The flag `new-roll` shows it.\nA new-rolled page.\n',
    'tests/four.test.ts': "serve('new-roll')\n",
  }
  inFolder(files, (folder) => {
    const asked = askedFor(folder)
    expect([...asked.keys()]).toEqual(['new-roll'])
    expect(asked.get('new-roll')?.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'client/two.tsx:1',
      'server/one.ts:1',
      'server/one.ts:4',
    ])
    expect(usesOf(folder, 'new-roll').map(({ file, line, decides }) => `${file}:${line} ${decides}`)).toEqual([
      ...['client/two.tsx:1 true', 'docs/three.md:1 false', 'server/one.ts:1 true', 'server/one.ts:4 true'],
      'tests/four.test.ts:1 false',
    ])
  })
})

const use = (text: string): Use => ({ file: 'server/one.ts', line: 1, text, decides: true })
test.each([
  ["if (isOn(ctx, 'it')) go()", 'true: keep what it guards', 'false: take out what it guards'],
  ["if (!isOn(ctx, 'it')) return", 'false: take out what it guards', 'true: keep what it guards'],
  [
    "return isOn(ctx, 'it') && isOwner",
    'true: take this part of the condition out',
    'false, and so is the whole condition: take out what it guards',
  ],
  [
    "if (isOver || isOn(ctx, 'it')) go()",
    'true, and so is the whole condition: keep what it guards',
    'false: take this part of the condition out',
  ],
  ["return isOn(ctx, 'it') ? one : two", 'true: keep what stands after ?', 'false: keep what stands after :'],
  [
    "const isNew = useFlag('it', false)",
    'isNew is always true: put that in its place',
    'isNew is always false: put that in its place',
  ],
])('%s', (text, on, off) => {
  expect([becomes(use(text), 'it', true), becomes(use(text), 'it', false)]).toEqual([on, off])
})
