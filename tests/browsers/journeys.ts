/** The main journeys, each a sentence; they are made in this order, in one window. */
import { ann, ben, password } from '../e2e/people.ts'
import { visit } from '../setup/over-http.ts'
import type { PageOf } from './page.ts'

interface Journey {
  page: PageOf
  url: string
  /** Another desk, past the screens. */
  ask<T = { id: string }>(procedure: string, input: object): Promise<T>
}

const enter = '\uE007'

async function signIn({ page, url }: Journey): Promise<void> {
  await page.open(`${url}/northgate/students`)
  await page.type('Email', ann.email)
  await page.type('Password', password)
  await page.press('button', 'Sign in')
  await page.see('link', 'Abara, Amara')
}

async function search({ page }: Journey): Promise<void> {
  await page.type('Search', 'okafor')
  await page.see('link', 'Okafor, Quinn')
  await page.lacks('link', 'Abara, Amara')
}

async function add({ page, url }: Journey): Promise<void> {
  await page.open(`${url}/northgate/students/new`)
  await page.type('Given name', 'Fenna')
  await page.type('Family name', 'Vos')
  await page.press('button', 'Add student')
  await page.see('heading', 'Fenna Vos')
}

async function conflict({ page, ask }: Journey): Promise<void> {
  const { rows } = await ask<{ rows: { id: string; version: number }[] }>('students.list', { search: 'vos' })
  await page.press('link', 'Edit')
  await page.type('Preferred name', 'Fen')
  await ask('students.update', { id: rows[0]?.id, version: rows[0]?.version ?? 1, familyName: 'Vossen' })
  await page.says('Somebody else saved a change meanwhile.')
  await page.press('button', 'Save changes')
  await page.press('button', 'Save my changes too')
  await page.see('heading', 'Fenna Vossen')
  await page.says('Fen')
}

async function enroll({ page, url, ask }: Journey): Promise<void> {
  const { id } = await ask('classes.create', { title: 'Weaving' })
  await page.open(`${url}/northgate/classes/${id}`)
  await page.press('button', 'Enroll students')
  await page.type('Find a student', 'vossen')
  await page.see('option', 'Vossen, Fenna')
  await page.type('Find a student', enter)
  await page.press('button', 'Enroll one student')
  await page.see('link', 'Vossen, Fenna')
}

async function live({ page, url, ask }: Journey): Promise<void> {
  await page.open(`${url}/northgate/rooms`)
  await page.says('Connected')
  await ask('rooms.create', { name: 'Loom room' })
  await page.see('link', 'Loom room')
}

async function signOut({ page }: Journey): Promise<void> {
  await page.press('button', 'Account of Ann Lee')
  await page.press('menuitem', 'Sign out')
  await page.see('heading', 'Sign in')
  await page.lacks('link', 'Loom room')
}

const journeys: readonly [string, (journey: Journey) => Promise<void>][] = [
  ['signs in', signIn],
  ['finds a student by a part of the name', search],
  ['adds a student', add],
  ['edits while somebody else does, and loses nothing', conflict],
  ['enrolls a student in a class', enroll],
  ['sees what another desk does', live],
  ['signs out', signOut],
]

/** Makes each, whatever becomes of the one before; answers how many failed. */
export async function makeJourneys(page: PageOf, url: string, keep: (name: string) => Promise<void>): Promise<number> {
  const { ask: send } = await visit(url, { email: ben.email, password }, 'northgate')
  const ask = async <T>(procedure: string, input: object): Promise<T> => {
    const { status, answer, reason } = await send<T>(procedure, input)
    if (status !== 200) throw new Error(`${procedure} answered ${status} ${reason}`)
    return answer
  }
  let failed = 0
  for (const [name, make] of journeys) {
    const problem = await make({ page, url, ask }).then(
      () => undefined,
      (error: Error) => error.message,
    )
    console.log(`  ${problem ? 'FAILED' : 'passed'}  ${name}${problem ? `: ${problem}` : ''}`)
    failed += Number(problem !== undefined)
    await keep(name)
  }
  console.log(`  ${journeys.length - failed} passed, ${failed} failed`)
  return failed
}
