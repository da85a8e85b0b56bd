/** The answers that the tests of one file have seen. A file has several copies of a module, so they lie beside all of them. */
import type { Shape } from './shape.ts'

const place = Symbol.for('homeroom.answers')
export type Noted = Map<string, Shape>
const holder = globalThis as { [place]?: Noted | undefined }

/** Undefined outside tests, where nothing is noted. */
export const notedNow = (): Noted | undefined => holder[place]
export function startNoting(): Noted {
  const noted: Noted = new Map()
  holder[place] = noted
  return noted
}
/** The file before has noted in the same worker. */
export function noteNothing(): void {
  holder[place] = undefined
}

const modules = Symbol.for('homeroom.contract')
const kept = globalThis as { [modules]?: Map<string, unknown> }
/** Loaded once in a worker, though each test file loads our modules anew. */
export async function once<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  kept[modules] ??= new Map()
  const found = (kept[modules].get(name) as Module | undefined) ?? (await load())
  kept[modules].set(name, found)
  return found
}
