/** JSON as PostgreSQL writes jsonb: keys by length, then by bytes; numbers without an exponent. */

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const bytesFirst = ([a]: [string, unknown], [b]: [string, unknown]): number => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length - other.length || one.compare(other)
}

function withoutExponent(number: number): string {
  const [, sign = '', whole = '', fraction = '', exponent = ''] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(String(number)) ?? []
  if (!exponent) return JSON.stringify(number)
  const places = Number(exponent)
  if (places > 0) return sign + whole + fraction.padEnd(places, '0')
  return `${sign}0.${'0'.repeat(-places - 1)}${whole}${fraction}`
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(', ')}]`
  if (typeof value === 'number') return withoutExponent(value)
  if (!isObject(value)) return JSON.stringify(value)
  const parts = Object.entries(value).sort(bytesFirst)
  return `{${parts.map(([key, part]) => `${JSON.stringify(key)}: ${canonical(part)}`).join(', ')}}`
}
