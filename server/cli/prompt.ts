import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandError } from './command.ts'

export const isTerminal = (): boolean => process.stdin.isTTY === true

/** Returns the answer exactly as typed. Throws when nobody can answer. */
export async function ask(question: string, { hidden = false } = {}): Promise<string> {
  if (!isTerminal()) throw new CommandError(`${question} is not given, and nobody is at a terminal to ask`)
  if (hidden) process.stderr.write(`${question}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: hidden ? silent : process.stderr, terminal: true })
  try {
    const stopped = new Promise<never>((_, reject) => {
      for (const event of ['SIGINT', 'close'])
        terminal.once(event, () => reject(new CommandError('Stopped. Nothing was changed')))
    })
    return await Promise.race([terminal.question(hidden ? '' : `${question}: `), stopped])
  } finally {
    terminal.close()
    if (hidden) process.stderr.write('\n')
  }
}

/** A script's `echo` ends the input with a line end, which is removed. */
export async function readInput(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}
