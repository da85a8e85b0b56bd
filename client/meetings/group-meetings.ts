interface Meeting {
  weekday: number | null
  cycleDay: number | null
  periodId?: string | null
  startTime: string
  endTime: string
  roomId: string | null
  classId?: string
  validFrom?: string
  validTo?: string | null
  overrideReason?: string | null
  collisions?: readonly object[]
}
export interface MeetingGroup<M> {
  key: string
  weekdays: number[]
  cycleDay: number | null
  one: M
}

/** Meetings that differ in nothing but their weekday, as people say it: Monday and Wednesday, nine to ten. */
export function groupMeetings<M extends Meeting>(meetings: readonly M[]): MeetingGroup<M>[] {
  const groups = new Map<string, MeetingGroup<M>>()
  for (const one of meetings) {
    const { weekday: _, cycleDay, periodId, startTime, endTime, roomId, classId, validFrom, validTo } = one
    const { overrideReason, collisions } = one
    const same = [
      validFrom,
      startTime,
      endTime,
      cycleDay,
      periodId,
      roomId,
      classId,
      validTo,
      overrideReason,
      collisions,
    ]
    const key = JSON.stringify(same)
    const group = groups.get(key) ?? { key, weekdays: [], cycleDay, one }
    if (one.weekday !== null) group.weekdays.push(one.weekday)
    groups.set(key, group)
  }
  return [...groups.values()]
}
