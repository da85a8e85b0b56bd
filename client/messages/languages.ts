/** The languages, what is here of them, and which one the page speaks. */
import { recall, remember } from '../remembered.ts'
import { makeStore } from '../store.ts'
import { triedAgain } from '../tried-again.ts'
import type { AreaName, Catalog, Messages, Speaker, Words } from './catalog.ts'
import { sayErasedAs } from './erased-name.ts'
import type { Formats } from './formats.ts'

/** By its tag (BCP 47). One more is a folder like en/ and a line here. */
const catalogs: Record<string, () => Promise<{ catalog: Catalog }>> = {
  en: triedAgain(() => import('./en/catalog.ts')),
  ...(import.meta.env.MODE !== 'production' && { 'ar-XB': triedAgain(() => import('./pseudo.ts')) }),
}
const fallback = 'en'
const languageOf = (tag: string) => tag.split('-')[0] ?? tag

/** The language of the first of these tags that there is one for. */
export function languageFor(...tags: (string | null | undefined)[]): string {
  const known = tags.flatMap((tag) => [tag ?? '', languageOf(tag ?? '')]).find((tag) => tag in catalogs)
  return known ?? fallback
}

/** As the browser writes dates in this language. */
export const browserLocale = (language: string): string =>
  navigator.languages.find((tag) => languageOf(tag) === languageOf(language)) ?? language

type Speakers = Partial<Record<AreaName, Speaker<unknown>>>
interface Here {
  catalog: Catalog
  areas: Speakers
}
const here = new Map<string, Here>()
const hereIn = (language: string): Here => {
  const known = here.get(language)
  if (!known) throw new Error(`The page does not speak ${language} yet`)
  return known
}

/** Those of the screens that are here. */
const needed = new Set<AreaName>()

/** Called where a screen's module begins: whoever loads the module waits for its words too (`part`). */
export function area<Name extends AreaName>(name: Name): Name {
  needed.add(name)
  return name
}

async function loadArea({ catalog, areas }: Here, name: AreaName): Promise<void> {
  const load: () => Promise<Speakers> = catalog.areas[name]
  if (areas[name]) return
  const speaker = (await triedAgain(load)())[name]
  if (speaker) areas[name] = speaker
}

async function load(language: string): Promise<void> {
  const loaded = await catalogs[language]?.()
  if (!loaded) throw new Error(`There is no language ${language}`)
  const known = here.get(language) ?? { catalog: loaded.catalog, areas: {} }
  here.set(language, known)
  await Promise.all([...needed].map((name) => loadArea(known, name)))
}

const spoken = makeStore('')
export const useSpoken = spoken.use

const remembered = 'homeroom.language'
/** What the page speaks until it is known who is there: what it spoke last, or what the browser asks for. */
export const firstLanguage = (): string => languageFor(recall(remembered), ...navigator.languages)
export const browserLanguage = (): string => languageFor(...navigator.languages)

/** From then on the page says everything in this language: nothing is shown before its words are here. */
export async function speak(language: string): Promise<void> {
  if (spoken.get() === language) return
  await load(language)
  const { catalog } = hereIn(language)
  spoken.set(language)
  const { documentElement } = document
  documentElement.lang = language
  documentElement.dir = catalog.direction
  sayErasedAs(catalog.erased)
  remember(remembered, language)
}

/** The words of all modules that are here, in the language of the page; another may be chosen meanwhile. */
export async function wordsAreHere(): Promise<void> {
  let language: string
  do {
    language = spoken.get()
    if (language) await load(language)
  } while (language !== spoken.get())
}

export const frameIn = (language: string, formats: Formats): Messages => hereIn(language).catalog.frame(formats)

export function wordsIn<Name extends AreaName>(language: string, name: Name, formats: Formats): Words[Name] {
  const speaker = hereIn(language).areas[name]
  if (!speaker) throw new Error(`The words of ${name} are not here: name them by area() where a module begins`)
  return speaker(formats) as Words[Name]
}
