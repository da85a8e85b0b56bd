/** What opens a hole when it is used carelessly stands in a few named files, which somebody has looked at. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const sources = ['server', 'client', 'db'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs|html)$/.test(name))
    .map((name) => join(folder, name)),
)

/** Only these take part in the built product; the functions beside them answer connections and ask nobody. */
const answering = new Set(['createServer', 'isIP', 'Server', 'Socket', 'AddressInfo', 'IncomingMessage'])
const networking = /import\s+(?!type\b)([^;'"]*?)\s+from\s+'node:(?:https?|http2|net|tls|dgram|dns)(?:\/[^']*)?'/g
const dials = (text: string): boolean =>
  /(?<![.\w])fetch\(|\b(?:globalThis|window|self)\.fetch\(|\bnew (?:EventSource|WebSocket|XMLHttpRequest)\b|\bsendBeacon\(|from '(?:undici|axios|got|ws)'/.test(
    text,
  ) ||
  [...text.matchAll(networking)].some(([, names = '']) =>
    names
      .replace(/[{}]/g, '')
      .split(',')
      .map((name) => name.trim().split(' as ')[0] ?? '')
      .some((name) => name && !answering.has(name)),
  )

const bans: [what: string, isUsed: (text: string) => boolean, allowed: string[], instead: string][] = [
  [
    'sql.raw',
    (text) => /\bsql\s*\.\s*raw\b/.test(text),
    ['db/kit.ts', 'server/journal/append.ts', 'server/meetings/conflict-rows.ts', 'server/students/list.ts'],
    'hand values to the database as parameters: sql`… and name = ` with the value in braces',
  ],
  [
    'a call to another server',
    dials,
    // A moved register's worker passes on to a socket that the primary made, at a path that no request can name.
    [
      'client/connection.ts',
      'client/imports/send.ts',
      'db/postgres/socket.ts',
      'server/cli/check-steps.ts',
      'server/handover/pass-on.ts',
      // Whose every address is public, or named by the operator.
      'server/webhooks/address.ts',
      'server/webhooks/send.ts',
    ],
    'the server asks nobody, and screens ask through client/connection.ts: a URL that somebody typed could name any machine',
  ],
  [
    'HTML or code made from text',
    (text) =>
      /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bsrc[dD]oc\b|createContextualFragment|\bsetHTML|\beval\(|new Function\(|javascript:/.test(
        text,
      ),
    [],
    'let React write it as text',
  ],
]

test.each(bans)('%s is in the named files only', (_what, isUsed, allowed, instead) => {
  const users = sources.filter((file) => isUsed(readFileSync(join(root, file), 'utf8')))
  expect(users.toSorted(), instead).toEqual(allowed)
})

test('what is banned would be found', () => {
  const examples = [
    ["sql.raw('x')"],
    [
      'await fetch(url)',
      "import { request } from 'node:https'",
      "import http from 'node:http'",
      "import { createServer, get as ask } from 'node:http'",
      "import { lookup } from 'node:dns/promises'",
    ],
    ['<p dangerouslySetInnerHTML={x} />', 'element.innerHTML = x', 'eval(x)'],
  ]
  for (const [place, [what, isUsed]] of bans.entries())
    for (const text of examples[place] ?? []) expect(isUsed(text), `${what}: ${text}`).toBe(true)
  expect(dials("import { createServer } from 'node:http'\nimport type { ClientRequest } from 'node:http'")).toBe(false)
})
