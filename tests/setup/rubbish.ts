/** What no browser would send, byte by byte, and what comes back. */
import { connect } from 'node:net'
import fc from 'fast-check'

const line = '\r\n'
const junk = [
  '%',
  '%zz',
  '%00',
  '%ff%fe',
  '..',
  '../../etc/passwd',
  '//',
  '//[',
  'http://[::1',
  'http://evil.example/',
  '*',
  '{}',
  '?'.repeat(50),
  '#x',
  '\\',
  '\u00e9',
  '🙂',
  '\u0000',
  '\u0001',
  '<script>',
  '__proto__',
  'constructor',
  'a'.repeat(3000),
  'a'.repeat(70_000),
]
const methods = [
  'GET',
  'POST',
  'HEAD',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PATCH',
  'get',
  'G T',
  'PRI',
  '',
]
const hosts = [
  'x',
  '127.0.0.1',
  '',
  'a b',
  '[::1',
  'x:99999',
  'x:-1',
  'x/y',
  'é',
  'a'.repeat(300),
  'x\u0000',
  '@',
  'x, y',
]
const paths = [
  '/',
  '/health/live',
  '/health/ready',
  '/health/%6cive',
  '/trpc',
  '/trpc/',
  '/trpc/session.get',
  '/trpc/students.list,students.list?batch=1',
  '/trpc/students.list?batch=2&input=%7b',
  '/trpc/session.get?batch=1&batch=1',
  '/trpc/live.changes',
  '/trpc/live.changes?input=%7B%22lastEventId%22%3A%22x%22%7D&connectionParams=1',
  '/trpc/live.changes?connectionParams=%7B%22school%22%3A%5B%5D%7D',
  '/trpc/__proto__',
  '/trpc/%ff',
  '/assets/',
  '/assets/..%2findex.html',
  '/northgate/students',
  '/favicon.ico',
  '/index.html.br',
]
const bodies = [
  '',
  '{}',
  '[]',
  'null',
  '"',
  '{"0":{}}',
  '{"__proto__":{}}',
  '\u0000',
  '[[['.repeat(200),
  '{"a":1e999}',
  'x'.repeat(5000),
]
const versions = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/0.9',
  'HTTP/2.0',
  'HTTP/9',
  'http/1.1',
  '',
]
const headers = [
  'Content-Type: application/json',
  'Content-Type: multipart/form-data; boundary=',
  'Content-Type: ',
  'Cookie: homeroom=x',
  `Cookie: ${'a=b; '.repeat(900)}`,
  'Accept: text/event-stream',
  'trpc-accept: application/jsonl',
  'Last-Event-ID: \u0000',
  'X-School: %00',
  'X-School: northgate',
  'Idempotency-Key: x',
  'X-Forwarded-For: ,,,',
  'X-Forwarded-Host: [',
  'X-Request-Id: é',
  'Expect: 100-continue',
  'Expect: 200-maybe',
  'Upgrade: websocket',
  'Connection: Upgrade, HTTP2-Settings',
  'Connection: keep-alive',
  'Range: bytes=9-1',
  'If-None-Match: *',
  'Accept-Encoding: br;q=x,,;q=0',
  'Origin: null',
  'Origin: http://x',
  'Sec-Fetch-Site: same-origin',
  'traceparent: 00-00-00-00',
  ': empty',
  'No colon at all',
  ' Folded: onto the line before',
  'Sp ace: x',
  'Bad\u0000Name: x',
  'Bad-Value: a\u0000b',
  'Bad-Value: a\nb',
  'Bad-Value: a\rb',
  `Long: ${'x'.repeat(20_000)}`,
  Array.from({ length: 2500 }, (_, n) => `X-${n}: 1`).join(line),
]
const wellFormed = headers.filter((header) => /^[\w-]+: [^\0\r\n\u0080-\uffff]*$/.test(header) && header.length < 9000)
const lengths = [
  '0',
  '1',
  '5',
  '-1',
  '+3',
  '1e3',
  '0x10',
  '99999999999999999999',
  '2097152',
  'x',
  '',
  '3, 3',
  '3\r\nContent-Length: 4',
]
const codings = [
  'chunked',
  'Chunked, chunked',
  'identity',
  'gzip, chunked',
  'chunked, identity',
  ' chunked',
  'chunked\u0000',
  '',
]
const chunks = [
  '0',
  '5',
  'fffffffffffffffff',
  '-1',
  '5;ext="\u0000"',
  'g',
  '',
  ' 2',
  '3\r\nabc\r\n0',
  `2;${'e'.repeat(20_000)}`,
]

const pick = (values: readonly string[]) => fc.constantFrom(...values)
const rarely = (of: fc.Arbitrary<string>, weight = 1) =>
  fc.oneof({ weight: 15, arbitrary: fc.constant('') }, { weight, arbitrary: of })

const target = fc.oneof(
  { weight: 4, arbitrary: pick(paths) },
  fc.tuple(pick(paths), pick(junk)).map((parts) => parts.join('')),
  pick(junk),
)
const framing = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['', ''] as const) },
  fc.tuple(pick(bodies)).map(([body]) => [`Content-Length: ${Buffer.byteLength(body)}`, body] as const),
  fc.tuple(pick(lengths), pick(bodies)).map(([length, body]) => [`Content-Length: ${length}`, body] as const),
  fc
    .tuple(pick(codings), pick(chunks), pick(bodies))
    .map(
      ([coding, size, body]) =>
        [`Transfer-Encoding: ${coding}`, `${size}${line}${body}${line}0${line}${line}`] as const,
    ),
  fc
    .tuple(pick(chunks))
    .map(([size]) => [`Transfer-Encoding: chunked${line}Content-Length: 3`, `${size}${line}`] as const),
  fc.constant(['', ''] as const),
)
const request = fc
  .record({
    before: rarely(pick([line, '\n', ' ', '\u0000', line.repeat(50)])),
    method: fc.oneof({ weight: 3, arbitrary: pick(['GET', 'POST']) }, pick(methods)),
    target,
    version: fc.oneof({ weight: 9, arbitrary: fc.constant('HTTP/1.1') }, pick(versions)),
    host: fc.oneof(
      { weight: 3, arbitrary: fc.constant('Host: 127.0.0.1') },
      pick(hosts).map((host) => `Host: ${host}`),
      fc.constant(''),
    ),
    headers: fc.oneof(
      { weight: 2, arbitrary: fc.array(pick(wellFormed), { maxLength: 4 }) },
      fc.array(pick(headers), { maxLength: 4 }),
    ),
    framing,
    newline: fc.oneof({ weight: 12, arbitrary: fc.constant(line) }, pick(['\n', '\r', '\n\r'])),
  })
  .map(({ before, method, target, version, host, headers, framing: [length, body], newline }) => {
    const head = [`${method} ${target} ${version}`, host, ...headers, length].filter(Boolean).join(newline)
    return `${before}${head}${newline}${newline}${body}`
  })

/** Bytes to send on one connection: a request, several at once, one broken off, or none at all. */
const sent: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 12, arbitrary: request.map((text) => Buffer.from(text)) },
  {
    weight: 2,
    arbitrary: fc.array(request, { minLength: 2, maxLength: 6 }).map((texts) => Buffer.from(texts.join(''))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(request, fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([text, part]) => Buffer.from(text.slice(0, text.length * part))),
  },
  { weight: 1, arbitrary: request.map((text) => Buffer.from(text, 'latin1')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constant(Buffer.from('16030100a5010000a10303', 'hex')) },
)

/** The same for the same seed. */
export const rubbish = (count: number, seed: number): Buffer[] => fc.sample(sent, { numRuns: count, seed })

/** So long without a word, and we have nothing more to say. In ms. */
const quiet = 300
/** A server that hasn't closed by then, after we have, hangs. In ms: less than the 75 s after which Node closes by itself. */
const patience = 60_000
/** What Node says of one that it closes at last. */
const late = 408

/** What came back. */
export interface Reply {
  statuses: number[]
  hangs: boolean
}

/** Sends it on a connection of its own and says goodbye; resolves when the server has closed too. */
export const send = (port: number, bytes: Buffer): Promise<Reply> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    let told = ''
    const done = (hangs: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      // An answer begins where a line begins, or where the body before it ended.
      const statuses = [...told.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
      resolve({ statuses, hangs: hangs || statuses.includes(late) })
    }
    const timer = setTimeout(() => done(true), patience)
    socket.setTimeout(quiet, () => socket.end())
    socket.on('data', (part) => {
      told += part.toString('latin1')
    })
    socket.on('end', () => socket.end())
    socket.on('error', () => undefined)
    socket.on('close', () => done(false))
    socket.write(bytes)
  })
