/** What is decided alike for the fields that several kinds share. */

export const emptied = { becomes: null } as const

const kept = { sees: 'all', erased: 'kept', merged: 'stays' } as const

/** A record that people edit and archive. */
export const edited = { archivedAt: { ...kept, merged: 'written' } } as const

/** A record that comes by an exchange: what an import brought along that has no place of its own is on no page. */
export const exchanged = {
  ...edited,
  sourcedId: { sees: 'all', erased: emptied, merged: 'written' },
  extra: { sees: 'none', erased: { becomes: {} as Record<string, string> }, merged: 'written' },
} as const

/**
 * A person who can be erased: screens say in their own language that whoever has no name was erased. Since when the data is
 * gone is written by the erasure itself.
 */
export const person = {
  ...exchanged,
  givenName: { sees: 'all', erased: { becomes: '' }, merged: 'chosen' },
  middleName: { sees: 'all', erased: emptied, merged: 'chosen' },
  familyName: { sees: 'all', erased: { becomes: '' }, merged: 'chosen' },
  preferredName: { sees: 'all', erased: emptied, merged: 'chosen' },
  email: { sees: 'all', erased: emptied, merged: 'chosen' },
  erasedAt: kept,
} as const
/** The columns that follow from an erased person's name: it sorts after every letter, and search finds nothing. */
export const erasedName = { sortName: '\u{fffd}', searchText: '' } as const

export const seen = { sees: 'all' } as const
