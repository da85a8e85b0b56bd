/** Files that are dropped one by one go out as one zip, so that the server reads every bundle the same way. Nothing is held whole. */
export interface Chosen {
  name: string
  file: File
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = (value & 1 && 0xedb88320) ^ (value >>> 1)
  return value
})

/** CRC-32 as in a zip; begins with 0. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}

interface Entry {
  name: Uint8Array<ArrayBuffer>
  size: number
  crc: number
  packed: Blob
}

const deflated = 8
/** Names are UTF-8. */
const flags = 0x800

async function entryOf({ name, file }: Chosen): Promise<Entry> {
  let crc = 0
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      crc = crc32(chunk, crc)
      controller.enqueue(chunk)
    },
  })
  const stream = file.stream().pipeThrough(counting).pipeThrough(new CompressionStream('deflate-raw'))
  const packed = await new Response(stream).blob()
  return { name: new TextEncoder().encode(name), size: file.size, crc, packed }
}

/** Numbers of two or four bytes, the least first. */
function header(...fields: (readonly [bytes: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((sum, [length]) => sum + length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [length, value] of fields) {
    if (length === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += length
  }
  return bytes
}

const common = ({ name, size, crc, packed }: Entry) =>
  [
    [2, 20],
    [2, flags],
    [2, deflated],
    [4, 0],
    [4, crc],
    [4, packed.size],
    [4, size],
    [2, name.length],
    [2, 0],
  ] as const

/** APPNOTE.TXT of PKWARE, section 4.3. */
export async function zipOf(files: readonly Chosen[]): Promise<Blob> {
  const local: BlobPart[] = []
  const central: BlobPart[] = []
  let offset = 0
  let directory = 0
  for (const file of files) {
    const entry = await entryOf(file)
    const head = header([4, 0x04034b50], ...common(entry))
    const listed = header([4, 0x02014b50], [2, 20], ...common(entry), [2, 0], [2, 0], [2, 0], [4, 0], [4, offset])
    local.push(head, entry.name, entry.packed)
    central.push(listed, entry.name)
    offset += head.length + entry.name.length + entry.packed.size
    directory += listed.length + entry.name.length
  }
  const count = files.length
  const end = header([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, directory], [4, offset], [2, 0])
  return new Blob([...local, ...central, end], { type: 'application/zip' })
}
