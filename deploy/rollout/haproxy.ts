/** HAProxy's runtime socket (management guide, section 9.3). It needs `level admin`. */
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { RolloutError } from './backend.ts'

export interface ServerState {
  address: string
  port: number
  weight: number
  isUp: boolean
}

/** In ms. */
const patience = 5000

export class Haproxy {
  readonly #socket: string
  readonly #backend: string

  constructor(socket: string, backend: string) {
    this.#socket = socket
    this.#backend = backend
  }

  async #ask(command: string): Promise<string> {
    const asked = connect(this.#socket)
    asked.setTimeout(patience, () => asked.destroy(new Error('no answer in time')))
    asked.end(`${command}\n`)
    try {
      return await text(asked)
    } catch (error) {
      throw new RolloutError(`HAProxy does not answer at ${this.#socket}: ${(error as Error).message}`)
    }
  }

  /** By the column names that the answer brings along. */
  async servers(): Promise<Map<string, ServerState>> {
    const answer = await this.#ask(`show servers state ${this.#backend}`)
    const [, head = '', ...rows] = answer.trim().split('\n')
    const columns = head.replace(/^#\s*/, '').split(' ')
    if (!columns.includes('srv_name'))
      throw new RolloutError(`HAProxy has no backend ${this.#backend}: ${answer.trim()}`)
    const states = rows.map((row) => Object.fromEntries(row.split(' ').map((cell, index) => [columns[index], cell])))
    return new Map(
      states.map(({ srv_name = '', srv_addr = '', srv_port, srv_uweight, srv_op_state, srv_admin_state }) => [
        srv_name,
        {
          address: srv_addr,
          port: Number(srv_port),
          weight: Number(srv_uweight),
          isUp: srv_op_state === '2' && srv_admin_state === '0',
        },
      ]),
    )
  }

  /** All at once, those that get more first, so that there is no moment without a server. */
  async weigh(weights: Record<string, number>): Promise<void> {
    const ordered = Object.entries(weights).toSorted(([, one], [, two]) => two - one)
    const commands = ordered.map(([server, weight]) => `set server ${this.#backend}/${server} weight ${weight}`)
    const answer = (await this.#ask(commands.join(';'))).trim()
    if (answer) throw new RolloutError(`HAProxy refuses new weights: ${answer.split('\n')[0]}`)
  }
}
