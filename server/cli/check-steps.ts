/** The steps go over HTTP, as a browser does. Each throws a sentence about what is wrong. */
import { v7 } from 'uuid'
import { CommandError } from './command.ts'

export interface Visit {
  url: string
  /** What a browser names as the page's own address. */
  origin?: string | undefined
  email: string
  password: string
  patience: number
}
interface Membership {
  slug: string
  role: string
}
interface Answer {
  status: number
  reason?: string | undefined
  data?: unknown
}
type Row = { id: string }

/** A script that runs unattended needs an account that can do no harm. */
const harmless = ['viewer', 'instructor']

/** A kept connection would delay the end of the command for seconds. */
const alone = { connection: 'close' }

export class Visitor {
  readonly #visit: Visit
  #cookie = ''
  #membership: Membership | undefined
  #row: Row | undefined
  #tab: string | undefined
  #script = ''

  constructor(visit: Visit) {
    this.#visit = visit
  }

  readonly steps: [name: string, take: () => Promise<void>][] = [
    ['ready', () => this.#ready()],
    ['page', () => this.#page()],
    ['script', () => this.#get(this.#script).then(() => undefined)],
    ['closed to strangers', () => this.#closed()],
    ['sign in', () => this.#signIn()],
    ['session', () => this.#session()],
    ['home', () => this.#asked('home.get').then(() => undefined)],
    ['students', () => this.#asked('students.list', { limit: 50 }).then(() => undefined)],
    ['classes', () => this.#classes()],
    ['write', () => this.#write()],
    ['live', () => this.#live()],
    ['sign out', () => this.#signOut()],
  ]

  async #get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const { url, patience } = this.#visit
    const answer = await fetch(`${url}${path}`, {
      headers: { ...headers, ...alone },
      signal: AbortSignal.timeout(patience),
      redirect: 'error',
    })
    if (answer.status !== 200) throw new CommandError(`GET ${path} answered ${answer.status}`)
    return answer
  }

  async #call(procedure: string, input: object = {}): Promise<Answer> {
    const { url, origin = url, patience } = this.#visit
    const answer = await fetch(`${url}/trpc/${procedure}`, {
      method: 'POST',
      // A redirect must not receive the password.
      redirect: 'error',
      headers: {
        origin,
        'content-type': 'application/json',
        'idempotency-key': v7(),
        ...alone,
        ...(this.#cookie && { cookie: this.#cookie }),
        ...(this.#membership && { 'x-school': this.#membership.slug }),
      },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(patience),
    })
    const body = (await answer.json().catch(() => ({}))) as {
      result?: { data: unknown }
      error?: { message: string }
    }
    const cookie = answer.headers.get('set-cookie')?.split(';')[0]
    if (cookie) this.#cookie = cookie
    return { status: answer.status, reason: body.error?.message, data: body.result?.data }
  }

  async #asked(procedure: string, input: object = {}): Promise<unknown> {
    const { status, reason, data } = await this.#call(procedure, input)
    if (status !== 200) throw new CommandError(`${procedure} answered ${status}${reason ? ` (${reason})` : ''}`)
    return data
  }

  async #ready(): Promise<void> {
    await this.#get('/health/ready')
  }

  async #page(): Promise<void> {
    const answer = await this.#get('/', { accept: 'text/html' })
    if (!answer.headers.get('content-security-policy'))
      throw new CommandError('the page has no Content-Security-Policy')
    this.#script = /src="(\/assets\/[\w.-]+\.js)"/.exec(await answer.text())?.[1] ?? ''
    if (!this.#script) throw new CommandError('the page names no script')
  }

  async #closed(): Promise<void> {
    const { status } = await this.#call('session.list')
    if (status !== 401) throw new CommandError(`session.list answered ${status} to somebody who has not signed in`)
  }

  async #signIn(): Promise<void> {
    const { email, password } = this.#visit
    await this.#asked('session.create', { email, password })
  }

  async #session(): Promise<void> {
    const { person } = (await this.#asked('session.get')) as { person: { schools: Membership[] } | null }
    if (!person) throw new CommandError('the session is not kept: is the cookie taken away on its way?')
    const [membership] = person.schools
    if (!membership) throw new CommandError('the account belongs to no school: make it a viewer of one')
    const harmful = person.schools.find(({ role }) => !harmless.includes(role))
    if (harmful) throw new CommandError(`the account is ${harmful.role} of ${harmful.slug}: use one that is a viewer`)
    this.#membership = membership
  }

  async #classes(): Promise<void> {
    const { rows } = (await this.#asked('classes.list', { limit: 50 })) as { rows: Row[] }
    this.#row = rows[0]
  }

  /** Nothing stays of this write, not even in the journal. */
  async #write(): Promise<void> {
    const tab = v7()
    this.#tab = tab
    if (this.#row) await this.#asked('presences.keep', { tab, entity: 'class', entityId: this.#row.id })
    await this.#asked('presences.remove', { tab })
    this.#tab = undefined
  }

  async #live(): Promise<void> {
    const school = encodeURIComponent(JSON.stringify({ school: this.#membership?.slug }))
    const answer = await this.#get(`/trpc/live.changes?connectionParams=${school}`, { cookie: this.#cookie })
    for await (const part of answer.body ?? []) if (Buffer.from(part).includes('"number"')) return
    throw new CommandError('the event stream ended before it said anything: does a proxy hold it back?')
  }

  async #signOut(): Promise<void> {
    const old = this.#cookie
    await this.#asked('session.remove')
    this.#cookie = old
    const { status } = await this.#call('session.list')
    if (status !== 401) throw new CommandError(`session.list answered ${status} after signing out`)
    this.#cookie = ''
  }

  /** A visit may end before its last step. Never rejects. */
  async leave(): Promise<void> {
    const last = async () => {
      if (this.#tab) await this.#call('presences.remove', { tab: this.#tab })
      if (this.#cookie) await this.#call('session.remove')
    }
    await last().catch(() => undefined)
  }
}
