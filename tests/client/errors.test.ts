/** What a person reads of a refusal while servers of two versions answer. */
import { TRPCClientError } from '@trpc/client'
import { afterAll, expect, test, vi } from 'vitest'
import { isUnknownToOlder, knownError, sentenceOf } from '../../client/errors.ts'
import { frame } from '../../client/messages/en/frame.ts'
import { formatsFor } from '../../client/messages/formats.ts'

const [older, own, newer] = ['0.1.0+20261101080000.00000000', '0.1.0+20261123080000.3f9c2a1b', '0.2.0+20261201080000.1']
vi.stubGlobal('__APP_VERSION__', own)
afterAll(() => vi.unstubAllGlobals())

const messages = frame(formatsFor('en-GB', 'Europe/London'))

/** Refused by a server of this version. */
function refusal(version: string, code: string, error?: object): TRPCClientError<never> {
  const data = { code, httpStatus: 404, path: 'rooms.book', error, requestId: '0123456789' }
  const response = new Response(null, { headers: { 'x-app-version': version } })
  return TRPCClientError.from({ error: { message: 'refused', code: -32004, data } } as never, { meta: { response } })
}
const notThere = { code: 'not_found', reason: 'room.not_found' }
const invalid = { code: 'invalid', reason: 'input.invalid', issues: [{ code: 'unrecognized_keys', path: '' }] }

test.each([
  ['a call that an older server does not know', refusal(older, 'NOT_FOUND'), true],
  ['a field that an older server does not know', refusal(older, 'BAD_REQUEST', invalid), true],
  ['a record that is not there, on an older server too', refusal(older, 'NOT_FOUND', notThere), false],
  ['a call that a server of this version does not know', refusal(own, 'NOT_FOUND'), false],
  ['a field that a newer server does not know', refusal(newer, 'BAD_REQUEST', invalid), false],
])('what the new version is needed for is told from what is wrong: %s', (_, error, expected) => {
  expect(isUnknownToOlder(error)).toBe(expected)
  expect(sentenceOf(error, messages) === messages.errors.installing).toBe(expected)
  if (expected) expect(knownError(error)).toBeUndefined()
})
