/** What somebody did by one operation, as half a sentence: archived Room 12, changed 24 students. */
import type { About } from '../undo/own-operations.ts'
import { nouns, ofAnother, verbs } from './en-home.ts'
import type { Formats } from './formats.ts'

export const deeds =
  ({ number, plural }: Formats) =>
  ({ deed, entity, count, name }: About): string => {
    const what = name ? [deed !== 'add' && ofAnother[entity], name].filter(Boolean).join(' ') : undefined
    return `${verbs[deed]} ${what ?? `${number(count)} ${plural(count, nouns[entity])}`}`
  }
