interface Timed {
  startTime: string
  endTime: string
}
export interface Placed<T> {
  block: T
  /** Minutes since midnight, and how many. */
  start: number
  length: number
  /** Its place among those at the same time, from 0, and how many they are. */
  lane: number
  lanes: number
}

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** The blocks of a day come in order of time; those that overlap get columns side by side. */
export function placeBlocks<T extends Timed>(blocks: readonly T[]): Placed<T>[] {
  const placed = blocks
    .map((block) => ({ block, start: minutesOf(block.startTime), end: minutesOf(block.endTime), lane: 0, lanes: 1 }))
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
  let cluster: typeof placed = []
  let clusterEnd = 0
  const close = () => {
    const lanes = Math.max(0, ...cluster.map(({ lane }) => lane)) + 1
    for (const one of cluster) one.lanes = lanes
    cluster = []
  }
  for (const one of placed) {
    if (one.start >= clusterEnd) close()
    const taken = new Set(cluster.filter(({ end }) => end > one.start).map(({ lane }) => lane))
    while (taken.has(one.lane)) one.lane += 1
    cluster.push(one)
    clusterEnd = Math.max(clusterEnd, one.end)
  }
  close()
  return placed.map(({ end, ...one }) => ({ ...one, length: end - one.start }))
}
