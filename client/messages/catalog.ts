/** What every language says. English is the pattern: a language that lacks a sentence of it does not compile. */
import type { catalog } from './en/catalog.ts'
import type { Formats } from './formats.ts'

/** Makes sentences, with the dates and numbers of a school in them. */
export type Speaker<Said> = (formats: Formats) => Said
type English = typeof catalog
/** The sentences of some screens, in a file of their own. */
export type AreaName = keyof English['areas']
type SaidBy<File, Name> = File extends Record<Name & string, Speaker<infer Said>> ? Said : never
export type Words = { [Name in AreaName]: SaidBy<Awaited<ReturnType<English['areas'][Name]>>, Name> }
/** What every page may have to say. */
export type Messages = ReturnType<English['frame']>

export interface Catalog {
  direction: 'ltr' | 'rtl'
  /** In place of the name of a person whose data is erased. */
  erased: string
  frame: Speaker<Messages>
  areas: { [Name in AreaName]: () => Promise<Record<Name, Speaker<Words[Name]>>> }
}
