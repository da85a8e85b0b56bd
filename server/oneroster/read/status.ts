const statuses = ['active', 'inactive', 'tobedeleted'] as const
export type RowStatus = (typeof statuses)[number]
export const isRowStatus = (text: string): text is RowStatus => (statuses as readonly string[]).includes(text)
