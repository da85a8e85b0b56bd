/** An app that comes in with a token. */

import { allows } from '../../server/access.ts'
import type { TokenScope } from '../../server/api-tokens/input.ts'
import { tokenScopes } from '../../server/api-tokens/input.ts'
import type { Person } from '../../server/trpc.ts'
import { as, now } from './people.ts'

/** All that the person's role may do, unless `scopes` says less. */
export async function tokenOf(person: Person, scopes?: readonly TokenScope[], at = now): Promise<string> {
  const role = person.memberships[0]?.role ?? 'viewer'
  const given = scopes ?? tokenScopes.filter((scope) => allows({ role }, scope))
  return (await as(person, { now: at }).apiTokens.create({ name: 'Script', scopes: [...given], days: 30 })).token
}

export interface Asked {
  method?: string
  body?: unknown
  headers?: Record<string, string>
}
// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at
export type Answer = { status: number; headers: Headers; body: any }

export const app =
  (url: string, token: string) =>
  async (path: string, { method = 'GET', body, headers }: Asked = {}): Promise<Answer> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, body: JSON.parse((await response.text()) || 'null') }
  }
