export interface HelpSearch {
  /** The slug of the section that is wanted. */
  section?: string | undefined
}

export const readHelpSearch = ({ section }: Record<string, unknown>): HelpSearch =>
  typeof section === 'string' && /^[\p{L}\p{N}-]{1,80}$/u.test(section) ? { section } : {}
