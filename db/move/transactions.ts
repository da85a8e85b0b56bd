import type { Client, Connection } from '../postgres/connection.ts'

export function within<T>(target: Connection, work: (own: Client) => Promise<T>): Promise<T> {
  return target.transaction('begin', async (client, begun) => {
    await begun
    return work(client)
  })
}
