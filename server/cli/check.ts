import { Visitor } from './check-steps.ts'
import { defineCommand, UsageError } from './command.ts'
import { readKnownPassword } from './password.ts'
import { sentenceOf } from './sentences.ts'
import { say } from './terminal.ts'

interface Step {
  step: string
  ms: number
  failed?: string
}

function originOf(given: string | undefined): string {
  if (given && URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return new URL(given).origin
  throw new UsageError('Say --url with the address people use, such as https://register.school.example')
}

const because = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : sentenceOf(error)
}

async function walk(visitor: Visitor, say: (step: Step) => void): Promise<Step[]> {
  const taken: Step[] = []
  for (const [name, take] of visitor.steps) {
    const begun = performance.now()
    const failed = await take().then(() => undefined, because)
    const step = { step: name, ms: Math.round(performance.now() - begun), ...(failed !== undefined && { failed }) }
    taken.push(step)
    say(step)
    if (failed !== undefined) break
  }
  return taken
}

const lineOf = ({ step, ms, failed }: Step) =>
  `${failed === undefined ? 'ok    ' : 'FAILED'}  ${step.padEnd(20)} ${String(ms).padStart(6)} ms${failed ? `  ${failed}` : ''}`

export const command = defineCommand({
  summary: 'Visits a running register as somebody with a viewer account does, and says how long each step took',
  usage: 'check --url <address> --email <address> [--password-file <file>] [--json]',
  options: {
    url: { type: 'string', help: 'where the register is' },
    origin: { type: 'string', help: 'the address people type, where --url names one server behind it' },
    email: { type: 'string', help: 'an account for this alone: a viewer, or an instructor without classes' },
    'password-file': {
      type: 'string',
      help: 'a file that holds its password; otherwise it is asked for, or read from a pipe',
    },
    timeout: { type: 'string', default: '10', help: 'seconds that a step may take; 10 by default' },
    json: { type: 'boolean', help: 'answer as JSON' },
  },
  async run({ url, origin: own, email, 'password-file': file, timeout, json }) {
    const origin = originOf(url)
    if (!email) throw new UsageError('Say --email with the address of the account that checks')
    if (!/^[1-9]\d{0,2}$/.test(timeout ?? ''))
      throw new UsageError('--timeout is a whole number of seconds from 1 to 999')
    const password = await readKnownPassword(file)
    const visitor = new Visitor({
      url: origin,
      origin: own ? originOf(own) : undefined,
      email,
      password,
      patience: Number(timeout) * 1000,
    })
    const taken = await walk(visitor, (step) => json || say(lineOf(step)))
    await visitor.leave()
    const failed = taken.at(-1)?.failed
    if (json) say(JSON.stringify({ url: origin, ok: failed === undefined, steps: taken }))
    return failed === undefined ? 0 : 1
  },
})
