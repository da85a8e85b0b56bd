/** A program of somebody else's that is told by webhooks, on this machine. */
import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// biome-ignore lint/suspicious/noExplicitAny: what was sent is what the test looks at
export type Received = { headers: IncomingHttpHeaders; text: string; body: any }
type Answer = number | ((request: IncomingMessage, response: ServerResponse) => void)

export interface Receiver {
  url: string
  received: Received[]
  /** What the journal's numbers were, in the order of arrival. */
  numbers(): number[]
  answers(answer: Answer): void
  close(): Promise<void>
}

export async function receive(): Promise<Receiver> {
  const received: Received[] = []
  let answer: Answer = 204
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    received.push({ headers: request.headers, text, body: JSON.parse(text || 'null') })
    if (typeof answer === 'number') response.writeHead(answer).end()
    else answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    numbers: () => received.map(({ body }) => body.data.number),
    answers: (next) => {
      answer = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** As the specification says it, apart from the code that is tested. */
export function isSigned({ headers, text }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`
  const expected = `v1,${createHmac('sha256', key).update(content).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(expected)
}
