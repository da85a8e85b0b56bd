import type { Outputs } from '../trpc.ts'

export type Member = Outputs['members']['get']
export type OneTimeLink = NonNullable<Outputs['members']['invite']['link']>
