/** What is said of every kind alike, in English: its names for one and for several are all that differs. */
import type { Counted } from '../formats.ts'

interface KindNouns {
  noun: Counted
  /** The list and its place in the menu. */
  title: string
  add: string
  /** At the head of what happened to one: without its name, and with it. */
  alone: string
  named(name: string): string
}

/** The last two begin a sentence. */
export const called = (one: string, other: string, alone: string, title: string): KindNouns => ({
  noun: { one, other },
  title,
  add: `Add ${one}`,
  alone,
  named: (name) => `${alone} ${name}`,
})

/** For the screens of one record. */
export const screensOf = (one: string, title: string) => ({
  title,
  add: `Add ${one}`,
  conflict: `Somebody else saved this ${one} first`,
})

/** For the list of a kind whose records the office adds. */
export const listOf = (others: string, title: string) => ({
  archivedTitle: `Archived ${others}`,
  table: `${title}, one per row`,
  search: `Search ${others}`,
  noMatch: `No ${others} match`,
  noneYet: `No ${others} yet`,
  noneForReaderHint: `${title} appear here once the office adds them.`,
  noneArchived: `No archived ${others}`,
  failed: `The ${others} could not be loaded`,
})

export const nameMissing = 'Enter a given name or a family name; one of them is enough'
