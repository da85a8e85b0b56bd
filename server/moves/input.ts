import { z } from 'zod'

/** Nothing is chosen on the page: the environment names the database. */
export const moveInput = z.strictObject({})
