import type postgres from 'postgres'

/** Text on the wire whatever the server makes of it. */
const isPlain = (value: unknown) => value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)

/**
 * `client.unsafe` with one round trip a statement. postgres.js asks the server first what a statement's parameters are,
 * unless it may keep the statement prepared, which a transaction pooler forbids. What is plain needs no asking.
 */
export function inOneTrip({ unsafe }: Pick<postgres.Sql, 'unsafe'>): postgres.Sql {
  const send = ((text, parameters = [], options) => {
    const query = unsafe(text, parameters, options)
    if (parameters.every(isPlain)) Object.defineProperty(query, 'describeFirst', { get: () => false, set() {} })
    return query
  }) as typeof unsafe
  return { unsafe: send } as postgres.Sql
}
