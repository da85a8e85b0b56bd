/** The mover is a process of its own, so that it outlives every worker. It ends with the primary, and the next one goes on. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { MoveVerb } from '../../db/values.ts'
import type { EndedMover, MoverOrder } from '../moves/primary.ts'
import { entry } from '../runtime/folders.ts'
import type { Log } from '../runtime/logging.ts'

interface Options {
  log: Log
  ended(mover: EndedMover): void
  command?: string
}

/** In characters: the end of what it said is the reason why it ended. */
const keptText = 100_000
/** In ms: a mover stops between two parts of its work. */
const patience = 5_000

const argumentsOf: Record<MoverOrder, string[]> = {
  move: ['move', '--json'],
  rehearse: ['move', 'rehearse', '--json'],
  stop: ['move', 'stop', '--json'],
}

function lastOf(stream: Readable | null): () => string {
  let text = ''
  stream?.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(-keptText)
  })
  return () => text
}

export class Mover {
  readonly #options: Options
  readonly #running = new Map<ChildProcess, Promise<void>>()
  #current: { child: ChildProcess; verb: MoveVerb } | undefined
  #isOver = false

  constructor(options: Options) {
    this.#options = options
  }

  /** What runs already is not started again. A stop is carried out by a process of its own: the mover looks whether it is still wanted. */
  obey(order: MoverOrder): void {
    if (this.#isOver) return
    if (order === 'stop') this.#stop()
    else if (!this.#current) this.#move(order)
  }

  /** A rehearsal is ended; a move is given back to the file, also where no mover runs. */
  #stop(): void {
    if (this.#current?.verb === 'rehearse') {
      this.#current.child.kill('SIGTERM')
      return
    }
    this.#start('stop', ({ code, said }) => {
      if (code !== 0) this.#options.log.error({ said }, 'the move could not be stopped')
      if (!this.#current) this.#options.ended({ verb: null, code: 1, out: '', said })
    })
  }

  #move(verb: MoveVerb): void {
    const child = this.#start(verb, (ended) => {
      this.#current = undefined
      this.#options.log.info({ verb, code: ended.code }, 'the mover has ended')
      if (!this.#isOver) this.#options.ended({ verb, ...ended })
    })
    this.#current = { child, verb }
    this.#options.log.info({ verb, mover: child.pid }, 'a mover was started from the page')
  }

  #start(order: MoverOrder, ended: (end: Omit<EndedMover, 'verb'>) => void): ChildProcess {
    const { execArgv } = process
    const child = fork(this.#options.command ?? entry, argumentsOf[order], {
      execArgv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const [out, said] = [lastOf(child.stdout), lastOf(child.stderr)]
    const end = new Promise<void>((resolve) => {
      child.once('close', (code) => {
        this.#running.delete(child)
        ended({ code, out: out(), said: said() })
        resolve()
      })
      child.once('error', ({ message }) => {
        if (child.pid !== undefined) return
        this.#running.delete(child)
        ended({ code: 1, out: '', said: message })
        resolve()
      })
    })
    this.#running.set(child, end)
    return child
  }

  /** Resolves once nothing of it runs. The file says how far it came. */
  async end(): Promise<void> {
    this.#isOver = true
    const late = setTimeout(() => this.kill(), patience)
    for (const child of this.#running.keys()) child.kill('SIGTERM')
    await Promise.all(this.#running.values())
    clearTimeout(late)
  }

  kill(): void {
    for (const child of this.#running.keys()) child.kill('SIGKILL')
  }
}
