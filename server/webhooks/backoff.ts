/** In ms. */
const [first, factor, longest] = [5_000, 4, 4 * 3_600_000]
export const failsFor = 3 * 24 * 3_600_000

/** After the first failure 5 s, then four times as long each time, up to four hours: a fifth more or less, so that not all come back at once. */
export const waitAfter = (attempts: number, random: number): number =>
  Math.round(Math.min(first * factor ** Math.min(attempts - 1, 20), longest) * (0.8 + 0.4 * random))
