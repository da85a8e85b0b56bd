import { inject } from 'vitest'
import { on } from './query.ts'

let made = 0
const cluster = inject('postgresUrl')

/** An empty database for a register to move to. */
export async function emptyDatabase(): Promise<{ url: string; drop(): Promise<unknown> }> {
  const name = `move_${process.pid}_${Math.random().toString(36).slice(2, 8)}_${++made}`
  await on(cluster, `create database ${name}`)
  return {
    url: cluster.replace(/postgres$/, name),
    drop: () => on(cluster, `drop database ${name} with (force)`),
  }
}
