import { z } from 'zod'

export const demoInput = z.strictObject({})
