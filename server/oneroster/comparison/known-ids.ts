/** Which record each school knows by an id that a source gave. An enrollment asks for its class, its person and itself several times. */
import { Recent } from '../../../db/scratch/recent.ts'
import type { Scratch } from '../../../db/scratch/scratch.ts'
import type { Shelf } from '../../../db/scratch/shelf.ts'

/** A school may be called 'constructor', so no object has these keys. */
type BySchool = readonly (readonly [school: string, id: string])[]

const none: BySchool = []
const recentAtMost = 1_000

export class KnownIds {
  readonly #shelf: Shelf<BySchool>
  /** By entity: the thousands of enrollments would drive out the classes and people for which each of them asks. */
  readonly #recent = new Map<string, Recent<BySchool>>()

  constructor(scratch: Scratch) {
    this.#shelf = scratch.shelf()
  }

  #recentOf(entity: string): Recent<BySchool> {
    const recent = this.#recent.get(entity) ?? new Recent<BySchool>(recentAtMost)
    this.#recent.set(entity, recent)
    return recent
  }

  of(entity: string, sourcedId: string): BySchool {
    const recent = this.#recentOf(entity)
    const found = recent.get(sourcedId) ?? this.#shelf.get([entity, sourcedId]) ?? none
    recent.set(sourcedId, found)
    return found
  }

  get(entity: string, sourcedId: string, school: string): string | undefined {
    return this.of(entity, sourcedId).find(([key]) => key === school)?.[1]
  }

  #put(entity: string, sourcedId: string, value: BySchool): void {
    this.#shelf.put([entity, sourcedId], value)
    this.#recentOf(entity).set(sourcedId, value)
  }

  put(entity: string, sourcedId: string, school: string, id: string): void {
    if (this.get(entity, sourcedId, school) !== id)
      this.#put(entity, sourcedId, [...this.#others(entity, sourcedId, school), [school, id]])
  }

  delete(entity: string, sourcedId: string, school: string): void {
    this.#put(entity, sourcedId, this.#others(entity, sourcedId, school))
  }

  #others(entity: string, sourcedId: string, school: string): BySchool {
    return this.of(entity, sourcedId).filter(([key]) => key !== school)
  }

  *under(entity: string): Generator<{ sourcedId: string; school: string; id: string }> {
    for (const [[sourcedId = ''], ids] of this.#shelf.under(entity))
      for (const [school, id] of ids) yield { sourcedId, school, id }
  }
}
