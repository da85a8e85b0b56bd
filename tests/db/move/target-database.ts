import postgres from 'postgres'
import { inject } from 'vitest'

let made = 0
const cluster = inject('postgresUrl')

export async function on<T = postgres.Row>(url: string, text: string): Promise<T[]> {
  const client = postgres(url, { max: 1, onnotice() {} })
  try {
    return (await client.unsafe(text)) as unknown as T[]
  } finally {
    await client.end()
  }
}

/** An empty database for a register to move to. */
export async function emptyDatabase(): Promise<{ url: string; drop(): Promise<unknown> }> {
  const name = `move_${process.pid}_${Math.random().toString(36).slice(2, 8)}_${++made}`
  await on(cluster, `create database ${name}`)
  return {
    url: cluster.replace(/postgres$/, name),
    drop: () => on(cluster, `drop database ${name} with (force)`),
  }
}
