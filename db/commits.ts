import { lockOrder } from './scope.ts'

export class Commits {
  readonly #watchers = new Set<(school: number) => void>()

  watch(watcher: (school: number) => void): void {
    this.#watchers.add(watcher)
  }

  async follow<T>(schools: number | readonly number[], committed: Promise<T>): Promise<T> {
    const result = await committed
    for (const school of lockOrder(schools)) for (const notify of this.#watchers) notify(school)
    return result
  }
}
