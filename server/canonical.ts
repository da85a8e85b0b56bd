import { hash } from 'node:crypto'

/** The same with sorted keys: a replacer in JSON.stringify would take three times as long, and every entry needs it. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('toJSON' in value && typeof value.toJSON === 'function') return sorted(value.toJSON())
  if (Array.isArray(value)) return value.map(sorted)
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort()) {
    const part = sorted((value as Record<string, unknown>)[key])
    // Assigned, this one would be lost.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: part, enumerable: true })
    else copy[key] = part
  }
  return copy
}

/** JSON with sorted keys and without undefined: equal values give equal text. Dates are their ISO instants. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'null'

/** SHA-256 in hexadecimal. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')
