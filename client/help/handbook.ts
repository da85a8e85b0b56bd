/** The handbook of the office, docs/office.md, as the screens show it. It is the one file, read into sections. */
import text from '../../docs/office.md?raw'
import { readSections } from './read-sections.ts'

export const handbook = readSections(text)
