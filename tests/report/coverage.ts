/** Which lines the tests reached, from the LCOV files of all shares, and what that means for the lines of a change. */

/** Of each file, how often each of its lines ran. */
export type Reached = ReadonlyMap<string, ReadonlyMap<number, number>>

const ofOurs = /^(?:server|db)\/[\w./-]{1,200}$/

/** A line that one share reached is reached. */
export function reachedIn(texts: readonly string[]): Reached {
  const files = new Map<string, Map<number, number>>()
  for (const text of texts) {
    let lines: Map<number, number> | undefined
    for (const line of text.split('\n')) {
      if (line.startsWith('SF:')) {
        const file = line.slice(3).trim().replaceAll('\\', '/')
        lines = ofOurs.test(file) ? (files.get(file) ?? new Map()) : undefined
        if (lines) files.set(file, lines)
      }
      const [, number, times] = /^DA:(\d{1,6}),(\d{1,12})/.exec(line) ?? []
      if (number) lines?.set(Number(number), Math.max(lines.get(Number(number)) ?? 0, Number(times)))
    }
  }
  return files
}

export interface Share {
  reached: number
  all: number
}
const shareOf = (times: Iterable<number>): Share => {
  const all = [...times]
  return { all: all.length, reached: all.filter(Boolean).length }
}
export const totalOf = (files: Reached): Share => shareOf([...files.values()].flatMap((lines) => [...lines.values()]))

export const percent = ({ reached, all }: Share): string => (all ? `${((100 * reached) / all).toFixed(2)} %` : 'none')

/** Of a `git diff -U0`: the lines of each file as it is after the change. */
export function changedLines(diff: string): Map<string, Set<number>> {
  const files = new Map<string, Set<number>>()
  let lines = new Set<number>()
  for (const line of diff.split('\n')) {
    const file = /^\+\+\+ b\/(.+)$/.exec(line)?.[1]
    if (file) {
      lines = new Set()
      files.set(file, lines)
    }
    const [, from, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? []
    for (let at = 0; from && at < Number(count); at++) lines.add(Number(from) + at)
  }
  return files
}

export interface OfChange extends Share {
  /** Each file with lines that no test reached. */
  missed: { file: string; lines: number[] }[]
}

/** Lines that hold no statement, such as a comment, count neither way. */
export function ofChange(files: Reached, changed: ReadonlyMap<string, ReadonlySet<number>>): OfChange {
  const found = [...changed].map(([file, lines]) => {
    const counted = [...lines].filter((line) => files.get(file)?.has(line))
    return { file, counted, lines: counted.filter((line) => !files.get(file)?.get(line)) }
  })
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)
  const all = sum(found.map(({ counted }) => counted.length))
  return {
    all,
    reached: all - sum(found.map(({ lines }) => lines.length)),
    missed: found.flatMap(({ file, lines }) => (lines.length ? { file, lines } : [])),
  }
}

export interface Lost {
  file: string
  before: Share
  after: Share
}

/** The files of which more lines are left out than before, and a smaller share is reached; the worst first. */
export function filesThatLost(before: Reached, after: Reached): Lost[] {
  const missed = ({ all, reached }: Share) => all - reached
  const more = ({ before, after }: Lost) => missed(after) - missed(before)
  return [...after]
    .flatMap(([file, lines]) => {
      const old = before.get(file)
      return old ? { file, before: shareOf(old.values()), after: shareOf(lines.values()) } : []
    })
    .filter((each) => more(each) > 0 && each.after.reached * each.before.all < each.before.reached * each.after.all)
    .toSorted((a, b) => more(b) - more(a))
}

/** `3-5, 9` */
export function ranges(lines: readonly number[]): string {
  const found: [number, number][] = []
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = found.at(-1)
    if (last && last[1] + 1 >= line) last[1] = line
    else found.push([line, line])
  }
  return found.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(', ')
}
