import { z } from 'zod'
import { id, seen } from '../input.ts'

/** In pixels: a browser makes a photo so small before it sends it. In bytes: what the server takes. */
export const photoSize = { width: 480, height: 640 } as const
export const largestPhoto = 200_000

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** A JPEG in base64, as the browser has made it. */
export const uploadPhotoInput = z.strictObject({
  studentId: id,
  content: z.base64().max(Math.ceil(largestPhoto / 3) * 4),
})
export type UploadPhotoInput = z.infer<typeof uploadPhotoInput>

/** The hash that an upload answered; null takes the photo away. */
export const setPhotoInput = z.strictObject({ ...seen, photo: hash.nullable() })
export type SetPhotoInput = z.infer<typeof setPhotoInput>
