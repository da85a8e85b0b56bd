import type { Outputs } from '../trpc.ts'

export type Student = Outputs['students']['get']
export type StudentRow = Outputs['students']['list']['rows'][number]
