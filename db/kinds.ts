/** A kind of column refuses what either database would refuse or change, so that both accept the same values. */

export class UnstorableError extends RangeError {
  override name = 'UnstorableError'
}

function refuse(value: unknown, what: string): never {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value)
  throw new UnstorableError(`${shown} is not ${what}`)
}

export const text = (value: string): string =>
  value.includes('\0') || !value.isWellFormed() ? refuse(value, 'storable text') : value

export const integer =
  (limit: number) =>
  (value: number): number =>
    Number.isInteger(value) && Math.abs(value) <= limit ? value : refuse(value, 'an integer in range')

export const flag = (value: boolean): boolean => (typeof value === 'boolean' ? value : refuse(value, 'true or false'))

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const uuid = (value: string): string => (uuidForm.test(value) ? value : refuse(value, 'a UUID in lower case'))

/** The years 1 to 9999 are accepted, as 'YYYY-MM-DD'. */
export const isCivilDate = (value: string): boolean =>
  /^(?!0000)\d{4}-\d\d-\d\d$/.test(value) && new Date(value).toJSON()?.slice(0, 10) === value

export const civilDate = (value: string): string => (isCivilDate(value) ? value : refuse(value, 'a date'))

export const clockTime = (value: string): string =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : refuse(value, 'a time such as 09:05')

export const instant = (value: Date): Date =>
  /^(?!0000)\d{4}-/.test(value.toJSON() ?? '') ? value : refuse(value, 'an instant in the years 1 to 9999')

/** JSON.stringify writes these escapes for NUL and half a surrogate pair, which jsonb refuses. */
const unstorableEscape = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

export function json(value: object): string {
  const written = JSON.stringify(value)
  return unstorableEscape.test(written) ? refuse(written, 'storable JSON') : text(written)
}

/** SQLite keeps a decimal exact in units: '12.5' with scale 2 is 1250. */
export function toUnits(value: string, precision: number, scale: number): number {
  const [, sign, head, tail = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? refuse(value, 'a decimal')
  const units = Number(head + tail.padEnd(scale, '0'))
  if (tail.length > scale || units >= 10 ** precision)
    refuse(value, `a decimal of ${precision} digits, ${scale} after the point`)
  return sign && units ? -units : units
}

export function fromUnits(units: number, scale: number): string {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return `${units < 0 ? '-' : ''}${whole}${scale ? '.' : ''}${digits.slice(digits.length - scale)}`
}
