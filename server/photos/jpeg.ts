/** A JPEG without anything that is not needed to see it (ITU T.81, annex B). */
export interface Jpeg {
  bytes: Buffer
  width: number
  height: number
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** Comments, and what cameras and programs write beside the picture: place, time, device. JFIF's own segment stays. */
const isBeside = (marker: number) => marker === 0xfe || (marker >= 0xe1 && marker <= 0xef)
const startOfScan = 0xda

interface Size {
  width: number
  height: number
}
const sizeIn = (segment: Buffer): Size | undefined =>
  segment.length < 9 ? undefined : { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) }

/** Undefined where the bytes are no JPEG, or not a whole one. */
export function plainJpeg(bytes: Buffer): Jpeg | undefined {
  const isWhole =
    bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9
  if (!isWhole) return undefined
  const kept = [bytes.subarray(0, 2)]
  let size: Size | undefined
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (bytes[at] !== 0xff || marker < 0xc0 || end > bytes.length || end < at + 4) return undefined
    if (marker === startOfScan) return size && { bytes: Buffer.concat([...kept, bytes.subarray(at)]), ...size }
    const segment = bytes.subarray(at, end)
    if (isFrame(marker)) size = sizeIn(segment)
    if (!isBeside(marker)) kept.push(segment)
    at = end
  }
  return undefined
}
