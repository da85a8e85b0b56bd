/** Moves a small register step by step, as a test wants it, while servers serve it: all rows go at once, behind the fence. */
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../../db/kit.ts'
import { copyTable } from '../../../db/move/copy.ts'
import { changeState, fenceText, makeOwnTables, moveOf, serversIn } from '../../../db/move/moved.ts'
import { inSource, openSource, tablesIn } from '../../../db/move/source.ts'
import { longestKey, movedTables, quoted } from '../../../db/move/tables.ts'
import { advance, lockTarget, makeTarget, placeOf, putBack } from '../../../db/move/target.ts'
import { Connection } from '../../../db/postgres/connection.ts'

const verbs = ['insert', 'update', 'delete']
const fenceName = (table: string, verb: string) => quoted(`move_fence_${table}_${verb}`)

export class StepMover {
  readonly #file: string
  readonly #url: string
  readonly #id = newId()
  #target: Connection

  constructor(file: string, url: string) {
    this.#file = file
    this.#url = url
    this.#target = new Connection(url)
  }

  /** The state is 'copying' from now on. */
  note(target = 'nowhere'): void {
    inSource(this.#file, (client) => makeOwnTables(client, { id: this.#id, target }, longestKey), 'write')
  }
  async begin(): Promise<void> {
    await lockTarget(this.#target)
    this.note(await placeOf(this.#target, this.#url))
    await makeTarget(this.#target, this.#url, 'drizzle', this.#id)
  }

  /** Until so many server processes have said that workers stand ready. */
  async untilReady(servers: number): Promise<void> {
    while (this.ready().length !== servers) await sleep(20)
  }
  ready = (): string[] => inSource(this.#file, serversIn).map(({ instance }) => instance)

  fence(): void {
    inSource(
      this.#file,
      (client) => {
        for (const table of tablesIn(client))
          for (const verb of verbs)
            client.exec(
              `create trigger ${fenceName(table, verb)} before ${verb} on ${quoted(table)}
                 begin select raise(abort, '${fenceText}') where (select state from move) <> 'copying'; end`,
            )
        changeState(client, { from: 'copying', to: 'moving', fence: null })
      },
      'write',
    )
  }

  /** The file takes changes again. */
  unfence(): void {
    inSource(
      this.#file,
      (client) => {
        client.prepare("update move set state = 'copying'").run()
        for (const table of tablesIn(client))
          for (const verb of verbs) client.exec(`drop trigger if exists ${fenceName(table, verb)}`)
      },
      'write',
    )
  }

  /** What is behind the fence goes to PostgreSQL. */
  async copy(): Promise<void> {
    const source = openSource(this.#file)
    for (const table of movedTables) await copyTable(source, this.#target, table, () => {})
    source.close()
    await advance(this.#target, this.#id, 'copying', 'copied')
    await putBack(this.#target, () => {})
    await advance(this.#target, this.#id, 'copied', 'whole')
    await advance(this.#target, this.#id, 'whole', 'compared')
  }

  decide(): void {
    inSource(this.#file, (client) => changeState(client, { from: 'moving', to: 'deciding', fence: null }), 'write')
  }
  activate = (): Promise<void> => advance(this.#target, this.#id, 'compared', 'active')
  markMoved(): void {
    inSource(this.#file, (client) => changeState(client, { from: 'deciding', to: 'moved', fence: null }), 'write')
  }

  state = () => inSource(this.#file, moveOf)?.state

  /** From the fence on. */
  async changeOver(): Promise<void> {
    this.fence()
    await this.copy()
    this.decide()
    await this.activate()
    this.markMoved()
  }

  /** As one that is killed: its lock is gone. */
  end(): Promise<void> {
    return this.#target.end()
  }
}
