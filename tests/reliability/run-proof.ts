/** Runs one proof in a process of its own: a crash is one miss, and what it leaves behind is ended. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endWithUs } from '../setup/end-with-us.ts'
import { killDescendants } from './processes.ts'
import type { Proof, Row, Size } from './proof.ts'

/** A proof that hangs has missed. In ms. */
const patience = { quick: 120_000, whole: 45 * 60_000 }
/** In which it ends what it has started. */
const farewell = 5000

/** The rows of the proof in that file. Throws when it throws, crashes or hangs. */
export async function runProof(file: string, size: Size): Promise<Row[]> {
  const how = { execArgv: ['--import', 'tsx'], detached: true }
  const child = endWithUs(fork(fileURLToPath(import.meta.url), [file, size], how), 'TERM')
  let rows: Row[] | undefined
  let said = ''
  child.on('message', (message: Row[] | { error: string }) => {
    if (Array.isArray(message)) rows = message
    else said = message.error
  })
  const late = setTimeout(() => {
    said = `no end after ${patience[size] / 1000} s`
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), farewell).unref()
  }, patience[size])
  const code = await new Promise((resolve) => child.once('exit', (status, signal) => resolve(status ?? signal)))
  clearTimeout(late)
  if (rows) return rows
  throw new Error(said || `the proof ended with ${code}`)
}

async function prove(file: string, size: Size): Promise<void> {
  process.once('exit', () => killDescendants(process.pid))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))
  const { proof } = (await import(join(import.meta.dirname, file))) as { proof: Proof }
  const answer = await proof.run(size).catch((error: Error) => {
    console.error(error)
    return { error: error.message.split('\n')[0] ?? '' }
  })
  process.send?.(answer, () => process.exit(0))
}

const [, program, file, size] = process.argv
if (program === fileURLToPath(import.meta.url) && file) await prove(file, size === 'quick' ? 'quick' : 'whole')
