export const emptied = { becomes: null } as const

const kept = { sees: 'all', erased: 'kept', merged: 'stays' } as const

export const edited = { archivedAt: { ...kept, merged: 'written' } } as const

/** `extra` holds what an import brought and no column takes: no page shows it. */
export const exchanged = {
  ...edited,
  sourcedId: { sees: 'all', erased: emptied, merged: 'written' },
  extra: { sees: 'none', erased: { becomes: {} as Record<string, string> }, merged: 'written' },
} as const

/** A person who can be erased: screens say so in their own language of whoever has no name. */
export const person = {
  ...exchanged,
  givenName: { sees: 'all', erased: { becomes: '' }, merged: 'chosen' },
  middleName: { sees: 'all', erased: emptied, merged: 'chosen' },
  familyName: { sees: 'all', erased: { becomes: '' }, merged: 'chosen' },
  preferredName: { sees: 'all', erased: emptied, merged: 'chosen' },
  email: { sees: 'all', erased: emptied, merged: 'chosen' },
  erasedAt: kept,
} as const
export const seen = { sees: 'all' } as const
