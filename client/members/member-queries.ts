import type { Outputs } from '../trpc.ts'

export type Member = Outputs['members']['get']
export type OneTimeLink = Outputs['members']['invite']['link']
