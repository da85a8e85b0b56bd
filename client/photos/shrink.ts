import { largestPhoto, photoSize } from '../../server/photos/input.ts'

/** The least a photo is worth keeping at. */
const qualities = [0.85, 0.7, 0.5]

const asJpeg = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))

/** As the camera was held, no larger than a photo is kept, and without anything but the picture. */
function drawn(picture: ImageBitmap): HTMLCanvasElement {
  const scale = Math.min(1, photoSize.width / picture.width, photoSize.height / picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (context) {
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.imageSmoothingQuality = 'high'
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  }
  return canvas
}

/** Null where the browser can't read it as a picture. */
export async function shrink(file: Blob): Promise<Blob | null> {
  // What can hold scripts is no photo.
  if (file.type.startsWith('image/svg')) return null
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!picture) return null
  const canvas = drawn(picture)
  picture.close()
  for (const quality of qualities) {
    const jpeg = await asJpeg(canvas, quality)
    if (jpeg && jpeg.size <= largestPhoto) return jpeg
  }
  return null
}

export async function inBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}
