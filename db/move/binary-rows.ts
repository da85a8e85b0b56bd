/** Rows in the binary form of PostgreSQL's COPY, which costs its server less than text (manual, "COPY", "Binary Format"). */

const signature = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const epoch = Date.UTC(2000, 0, 1)
const day = 86_400_000
const sendFrom = 131_072

/** PostgreSQL keeps a number as digits of 10,000, of which those at both ends are not 0. */
function digitsOf(whole: string, fraction: string): { weight: number; digits: number[] } {
  const padded =
    whole.padStart(Math.ceil(whole.length / 4) * 4, '0') + fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0')
  const all = padded.match(/\d{4}/g)?.map(Number) ?? []
  const first = all.findIndex(Boolean)
  if (first < 0) return { weight: 0, digits: [] }
  return { weight: Math.ceil(whole.length / 4) - 1 - first, digits: all.slice(first, all.findLastIndex(Boolean) + 1) }
}

export class BinaryRows {
  #buffer = Buffer.allocUnsafe(2 * sendFrom)
  #end = signature.copy(this.#buffer)

  #room(bytes: number): void {
    if (this.#end + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#end + bytes))
    this.#buffer.copy(larger, 0, 0, this.#end)
    this.#buffer = larger
  }

  #int16(value: number): void {
    this.#end = this.#buffer.writeInt16BE(value, this.#end)
  }
  #int32(value: number): void {
    this.#end = this.#buffer.writeInt32BE(value, this.#end)
  }
  #int64(value: number): void {
    const high = Math.floor(value / 2 ** 32)
    this.#int32(high)
    this.#end = this.#buffer.writeUInt32BE(value - high * 2 ** 32, this.#end)
  }

  begin(columns: number): void {
    this.#room(2)
    this.#int16(columns)
  }

  null(): void {
    this.#room(4)
    this.#int32(-1)
  }

  integer(value: number): void {
    this.#room(8)
    this.#int32(4)
    this.#int32(value)
  }

  bigint(value: number): void {
    this.#room(12)
    this.#int32(8)
    this.#int64(value)
  }

  boolean(value: number): void {
    this.#room(5)
    this.#int32(1)
    this.#buffer[this.#end++] = value
  }

  instant(value: number): void {
    this.bigint((value - epoch) * 1000)
  }

  date(value: string): void {
    this.integer((new Date(value).getTime() - epoch) / day)
  }

  uuid(value: string): void {
    this.#room(20)
    this.#int32(16)
    this.#end += this.#buffer.write(value.replaceAll('-', ''), this.#end, 'hex')
  }

  text(value: string): void {
    this.#sized('', value)
  }

  json(value: string): void {
    this.#sized('\u0001', value)
  }

  #sized(form: string, value: string): void {
    this.#room(value.length * 3 + 5)
    const bytes = this.#buffer.write(form + value, this.#end + 4)
    this.#int32(bytes)
    this.#end += bytes
  }

  /** `value` is exact, as in '-12.50'. */
  decimal(value: string): void {
    const [whole = '', fraction = ''] = value.replace('-', '').split('.')
    const { weight, digits } = digitsOf(whole, fraction)
    this.#room(12 + 2 * digits.length)
    this.#int32(8 + 2 * digits.length)
    this.#int16(digits.length)
    this.#int16(weight)
    this.#int16(digits.length && value.startsWith('-') ? 0x4000 : 0)
    this.#int16(fraction.length)
    for (const digit of digits) this.#int16(digit)
  }

  get isFull(): boolean {
    return this.#end >= sendFrom
  }

  take(): Buffer {
    const taken = Buffer.from(this.#buffer.subarray(0, this.#end))
    this.#end = 0
    return taken
  }

  last(): Buffer {
    this.#room(2)
    this.#int16(-1)
    return this.take()
  }
}
