import type { Words } from '../messages/catalog.ts'
import { area } from '../messages/languages.ts'
import type { Outputs } from '../trpc.ts'

export const flagsWords = area('flags')

/** A newer server may have flags that this page has no words for. */
export function namedFlag({ named }: Words['flags'], key: string): { title: string; does: string } {
  return (named as Partial<Record<string, { title: string; does: string }>>)[key] ?? { title: key, does: '' }
}

export type Flag = Outputs['flags']['get']
export type Rules = NonNullable<Flag['ofOwners']>
