/** What pages send in browser tests, without what people typed: the keys and kinds of value of each call. */
import { appendFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** `npm run contract -- --pages` names it. */
const file = process.env.HOMEROOM_CONTRACT_CALLS

const someId = '00000000-0000-7000-8000-000000000000'
const isTold = /^(?:\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?|\d{2}:\d{2}|[a-z]\w*(?:[.-]\w+)*|)$/
function plainText(text: string): string {
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/.test(text)) return someId
  if (text.includes('@')) return 'someone@school.example'
  return isTold.test(text) ? text : 'Some text'
}

/** One item stands for a list. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value)
  if (Array.isArray(value)) return value.slice(0, 1).map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
}

/** Of a page that a test drives. */
export function noteCalls(page: Page): void {
  if (!file) return
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (!pathname.startsWith('/trpc/') || request.method() !== 'POST') return
    const calls = pathname.slice('/trpc/'.length).split(',')
    const sent = request.postData() ? request.postDataJSON() : undefined
    const lines = calls.map((call, index) => ({ call, input: plain(searchParams.has('batch') ? sent?.[index] : sent) }))
    appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  })
}
