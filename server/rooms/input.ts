import { z } from 'zod'
import { optional, seats, seen, words } from '../input.ts'
import { createManyOf, updateManyOf } from '../records/input.ts'

const others = { seats: optional(seats) }
const fields = { name: words(200), ...others }

export const createRoomInput = z.strictObject({ name: fields.name, ...z.object(others).partial().shape })
export const updateRoomInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })

export const createManyRoomsInput = createManyOf(createRoomInput)
export const updateManyRoomsInput = updateManyOf(others)
