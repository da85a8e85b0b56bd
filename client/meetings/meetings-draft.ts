import { z } from 'zod'

const row = z.object({
  weekdays: z.array(z.number()),
  cycleDay: z.string().nullable(),
  periodId: z.string().default(''),
  start: z.string(),
  end: z.string(),
  roomId: z.string(),
})
const shape = z.object({
  /** The class's meetings as they were when somebody began to type. */
  seen: z.array(z.object({ id: z.string(), version: z.number() })),
  rows: z.array(row).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
})
export type MeetingsDraft = z.infer<typeof shape>

/** Undefined for nothing, and for what another version of Homeroom kept in another shape. */
export const meetingsDraft = (found: unknown): MeetingsDraft | undefined => shape.safeParse(found).data
