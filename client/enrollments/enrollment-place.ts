import type { Outputs } from '../trpc.ts'

type Row = Outputs['classes']['get']['roster'][number]

export interface Place {
  enrollment: Pick<Row, 'id' | 'version' | 'status' | 'beginDate' | 'endDate' | 'grade'> & {
    /** Only the office sees it. */
    note?: string | null | undefined
  }
  name: string
  classTitle: string
}

/** In the class on this day, or to be later; nobody has ended it. */
export const isInClass = ({ status, endDate }: Pick<Row, 'status' | 'endDate'>, today: string): boolean =>
  status === 'enrolled' && (!endDate || endDate >= today)
