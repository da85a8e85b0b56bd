/** The real mover, which goes on only as far as a test wants it. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moveOf, serversIn } from '../../../db/move/moved.ts'
import type { MovePoint } from '../../../db/move/mover.ts'
import { inSource } from '../../../db/move/source.ts'
import { endWithUs } from '../../setup/end-with-us.ts'
import type { Running } from '../../setup/server.ts'
import { temporaryFolder, watcher } from '../../setup/server.ts'

const program = join(import.meta.dirname, 'gated-mover.ts')

export class StepMover {
  readonly #file: string
  readonly #env: Record<string, string>
  readonly #gates = temporaryFolder()
  #child: ChildProcess | undefined
  #untilSaid: Running['untilSaid'] = () => Promise.reject(new Error('it has not begun'))
  #ended: Promise<unknown> = Promise.resolve()
  #written = ''

  constructor(file: string, env: Record<string, string>) {
    this.#file = file
    this.#env = env
  }

  /** It waits at each of these points until `pass` lets it go on. */
  async begin(...gated: MovePoint[]): Promise<void> {
    const env = { ...process.env, ...this.#env, GATES: this.#gates.path, GATED: gated.join() }
    const child = spawn(process.execPath, ['--import', 'tsx', program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    endWithUs(child)
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => {
        this.#written += part
      })
    this.#untilSaid = watcher(child, () => this.#written)
    this.#ended = new Promise((resolve) => child.once('close', resolve))
    await this.#untilSaid('at captured.')
  }

  at = (point: MovePoint): Promise<string> => this.#untilSaid(`at ${point}.`)
  saysThat = (sentence: string): Promise<string> => this.#untilSaid(sentence)
  pass(...points: MovePoint[]): void {
    for (const point of points) writeFileSync(join(this.#gates.path, point), '')
  }
  /** Settled, and at its end. */
  done = (): Promise<string> => this.#untilSaid('at the end.')
  output = (): string => this.#written

  state = () => inSource(this.#file, moveOf)?.state
  /** So many server processes have said that workers stand ready. */
  ready = (): number => inSource(this.#file, serversIn).length

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#ended
  }

  async end(): Promise<void> {
    await this.kill()
    this.#gates.done()
  }
}
