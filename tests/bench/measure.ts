/** Times two ways of doing the same work in turn, A B A B …, so that a drifting machine slows both alike. */
export interface Comparison {
  name: string
  /** Median ms of ours and of the bare driver's. */
  ours: number
  bare: number
}

type Work = () => unknown

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

async function time(work: Work, times: number): Promise<number> {
  const started = performance.now()
  for (let n = 0; n < times; n++) await work()
  return (performance.now() - started) / times
}

/** Rounds that are not counted: the code is compiled while it runs. */
const warmUp = 3

/** Medians over `rounds` rounds of `times` calls each. */
export async function compare(name: string, ours: Work, bare: Work, times = 200, rounds = 9): Promise<Comparison> {
  const a: number[] = []
  const b: number[] = []
  for (let round = -warmUp; round < rounds; round++) {
    const [one, two] = [await time(ours, times), await time(bare, times)]
    if (round >= 0) {
      a.push(one)
      b.push(two)
    }
  }
  return { name, ours: median(a), bare: median(b) }
}

/** Median ms of one way alone. */
export async function measure(work: Work, rounds = 9): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round <= rounds; round++) taken.push(await time(work, 1))
  return median(taken.slice(1))
}

export const line = ({ name, ours, bare }: Comparison): string =>
  `${name.padEnd(44)} ${ours.toFixed(3).padStart(9)} ms ${bare.toFixed(3).padStart(9)} ms ${(ours / bare).toFixed(2).padStart(7)}x`
