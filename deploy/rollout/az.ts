/** Azure's CLI, 2.86 or later. Nothing secret is ever among its arguments: the app and the job keep their secrets. */
import { RolloutError } from './backend.ts'
import { reasonOf, run } from './run.ts'

export class Az {
  readonly #group: string
  readonly #subscription: string[]

  constructor({ resourceGroup, subscription }: { resourceGroup: string; subscription?: string | undefined }) {
    this.#group = resourceGroup
    this.#subscription = subscription ? ['--subscription', subscription] : []
  }

  #command = (command: string, args: readonly string[]) => [
    'az',
    ...command.split(' '),
    ...args,
    ...this.#subscription,
    '--only-show-errors',
    '--output',
    'json',
  ]

  async #run<T>(command: string, args: readonly string[]): Promise<T> {
    const ran = await run(this.#command(command, args), process.env)
    if (ran.code !== 0) throw new RolloutError(`az ${command} failed: ${reasonOf(ran)}`)
    return (ran.out.trim() ? JSON.parse(ran.out) : null) as T
  }

  /** Answers what it prints as JSON. Throws with its own words. */
  inGroup = <T = unknown>(command: string, ...args: string[]): Promise<T> =>
    this.#run<T>(command, ['--resource-group', this.#group, ...args])

  anywhere = <T = unknown>(command: string, ...args: string[]): Promise<T> => this.#run<T>(command, args)

  /** Undefined where it fails, as for what is not there. */
  tried = <T = unknown>(command: string, ...args: string[]): Promise<T | undefined> =>
    this.inGroup<T>(command, ...args).catch(() => undefined)
}
