import { hash } from 'node:crypto'

/** A replacer in JSON.stringify takes three times as long, and every journal entry needs this. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('toJSON' in value && typeof value.toJSON === 'function') return sorted(value.toJSON())
  if (Array.isArray(value)) return value.map(sorted)
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort()) {
    const part = sorted((value as Record<string, unknown>)[key])
    // Plain assignment would lose this key.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: part, enumerable: true })
    else copy[key] = part
  }
  return copy
}

/** Equal values give equal text: keys are sorted, undefined is left out, and dates are ISO instants. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'null'

export const sha256 = (text: string): string => hash('sha256', text, 'hex')
