const word = 8
const ofObject = 4 * word

export function weightOf(value: unknown): number {
  if (typeof value === 'string') return 2 * word + value.length
  if (typeof value !== 'object' || value === null) return word
  let weight = ofObject
  if (Array.isArray(value)) for (const one of value) weight += word + weightOf(one)
  else for (const name in value) weight += word + weightOf((value as Record<string, unknown>)[name])
  return weight
}

export const weightOfKey = (key: string): number => 8 * word + key.length
