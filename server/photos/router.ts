import { call, router, writing } from '../trpc.ts'
import { setPhotoInput, uploadPhotoInput } from './input.ts'
import { setPhoto } from './set.ts'
import { uploadPhoto } from './upload.ts'

export const photosRouter = router({
  upload: writing('student.write').input(uploadPhotoInput).mutation(call(uploadPhoto)),
  set: writing('student.write').input(setPhotoInput).mutation(call(setPhoto)),
})
