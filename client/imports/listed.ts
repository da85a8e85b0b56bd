import type { Outputs } from '../trpc.ts'

export type Import = Outputs['imports']['get']
export type ImportReport = NonNullable<Import['report']>
export type Past = Outputs['imports']['list']['past'][number]
