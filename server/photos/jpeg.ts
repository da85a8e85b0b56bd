/** A JPEG without anything that is not needed to see it (ITU T.81, annex B). */
export interface Jpeg {
  bytes: Buffer
  width: number
  height: number
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const plainJfif = 18
/** Comments, and what cameras and programs write beside the picture: place, time, device, a smaller picture. Plain JFIF stays. */
const isBeside = (marker: number, { length }: Buffer) =>
  marker === 0xfe || (marker >= 0xe1 && marker <= 0xef) || (marker === 0xe0 && length !== plainJfif)
const startOfScan = 0xda
const endOfPicture = 0xd9

interface Size {
  width: number
  height: number
}
const sizeIn = (segment: Buffer): Size | undefined =>
  segment.length < 9 ? undefined : { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) }

/** A marker follows the points of a scan: not 0, not one that counts restarts, and nothing that fills. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

/** A part goes on to the next marker. Undefined where the bytes do not go on as a JPEG does. */
function partAt(bytes: Buffer, at: number): { marker: number; part: Buffer } | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined
  const marker = bytes[at + 1] ?? 0
  const end = at + 2 + bytes.readUInt16BE(at + 2)
  if (marker < 0xc0 || end > bytes.length || end < at + 4) return undefined
  return { marker, part: bytes.subarray(at, marker === startOfScan ? endOfScan(bytes, end) : end) }
}

/** Undefined where the bytes are no JPEG, not a whole one, or more than one. */
export function plainJpeg(bytes: Buffer): Jpeg | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  const kept = [bytes.subarray(0, 2)]
  let [size, hasScan]: [Size | undefined, boolean] = [undefined, false]
  let at = 2
  while (at + 2 < bytes.length) {
    const found = partAt(bytes, at)
    if (!found || (size && isFrame(found.marker))) return undefined
    const { marker, part } = found
    if (isFrame(marker)) size = sizeIn(part)
    hasScan ||= marker === startOfScan
    if (!isBeside(marker, part)) kept.push(part)
    at += part.length
  }
  const isWhole = hasScan && at + 2 === bytes.length && bytes[at] === 0xff && bytes[at + 1] === endOfPicture
  return isWhole && size ? { bytes: Buffer.concat([...kept, bytes.subarray(at)]), ...size } : undefined
}
