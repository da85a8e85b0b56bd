/**
 * Inputs nobody thought of, for every procedure, as an administrator and as nobody, over HTTP. Run as a program on the
 * database that the server has, with the server's address, how many inputs each procedure gets and a seed; reads
 * `FuzzedSchool`, prints `InputsReport`.
 */
import { json } from 'node:stream/consumers'
import { newId } from '../../db/kit.ts'
import type { School } from '../../server/context.ts'
import { anyInputs } from '../setup/any-input.ts'
import { signedIn } from '../setup/listener.ts'
import { db, makePerson } from '../setup/people.ts'
import { inputOf, procedures } from '../setup/sample-input.ts'
import { call } from '../setup/server.ts'
import type { FuzzedSchool } from './fuzz-school.ts'

export interface InputsReport {
  procedures: number
  calls: number
  /** By status. */
  statuses: Record<string, number>
  /** The first of those of 500 or above, or without an answer. */
  failures: { path: string; status: number; input: string; told: string }[]
}

const [url = '', count = '300', seed = '9'] = process.argv.slice(2)
const atOnce = 8
const patience = 20_000
const report: InputsReport = { procedures: procedures.length, calls: 0, statuses: {}, failures: [] }

async function one(path: string, input: unknown, headers: Record<string, string>): Promise<void> {
  const more = { ...headers, 'idempotency-key': newId() }
  const asked = call(url, path, { input, headers: more }).then(async (answer) => {
    const isUnending = answer.headers.get('content-type')?.startsWith('text/event-stream')
    if (isUnending) await answer.body?.cancel()
    return { status: answer.status, told: isUnending ? '' : await answer.text() }
  })
  const late = new Promise<{ status: number; told: string }>((resolve) =>
    setTimeout(resolve, patience, { status: 0, told: 'no answer' }).unref(),
  )
  const { status, told } = await Promise.race([asked, late]).catch((error) => ({ status: 0, told: String(error) }))
  report.calls++
  report.statuses[status] = (report.statuses[status] ?? 0) + 1
  if ((status === 0 || status >= 500) && report.failures.length < 40)
    report.failures.push({ path, status, input: JSON.stringify(input)?.slice(0, 500) ?? '', told: told.slice(0, 300) })
}

async function all(path: string, inputs: unknown[], headers: Record<string, string>): Promise<void> {
  const left = [...inputs]
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left.length) await one(path, left.shift(), headers)
    }),
  )
}

/** One administrator each: what a procedure does to its own session or rights concerns no other. */
const asAdministrator = async (school: School) => ({
  cookie: (await signedIn(await makePerson(school, 'administrator'))).cookie,
  'x-school': school.slug,
})

const { school, ids } = (await json(process.stdin)) as FuzzedSchool
for (const [path, procedure] of procedures) {
  const inputs = anyInputs(inputOf(procedure), ids, Number(count), Number(seed))
  await all(path, inputs, await asAdministrator(school))
  await all(path, inputs, { 'x-school': school.slug })
}
await db.close()
process.stdout.write(JSON.stringify(report), () => process.exit())
