/** JPEGs that hold what a test is about, and nothing to be seen. */
const segment = (marker: number, ...content: number[]) => {
  const length = content.length + 2
  return [0xff, marker, length >> 8, length & 0xff, ...content]
}
const letters = (text: string) => [...Buffer.from(text, 'latin1')]

interface Picture {
  width?: number
  height?: number
  beside?: number[]
  /** After the first scan. */
  later?: number[]
  /** Makes one picture differ from another. */
  seed?: number
}

export const exif = (text: string) => segment(0xe1, ...letters(`Exif\0\0${text}`))
/** Of a smaller picture. */
export const thumbnail = (text: string) => segment(0xe0, ...letters(`JFXX\0${text}`))
export const comment = (text: string) => segment(0xfe, ...letters(text))

export function jpeg({ width = 480, height = 640, beside = [], later = [], seed = 1 }: Picture = {}): Buffer {
  const jfif = segment(0xe0, ...letters('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0)
  const frame = segment(0xc0, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0)
  const scan = [...segment(0xda, 1, 1, 0, 0, 63, 0), seed & 0x7f, seed >> 7]
  return Buffer.from([0xff, 0xd8, ...jfif, ...beside, ...frame, ...scan, ...later, 0xff, 0xd9])
}
export const inBase64 = (bytes: Buffer): string => bytes.toString('base64')
