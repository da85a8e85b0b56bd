import { words } from '../input.ts'

export const sourceName = words(255)
export const sourceSays = 'The source must have 1 to 255 characters, as the system or you call it'
