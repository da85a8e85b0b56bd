import { randomUUID } from 'node:crypto'
import { sha256 } from '../canonical.ts'
import type { OperationKey } from '../context.ts'

/** In place of the salt once the person in the input is erased: nothing can be compared. */
export const forgottenSalt = '00000000-0000-0000-0000-000000000000'

interface Kept {
  inputHash: string
  inputSalt: string | null
}

const saltedHash = (salt: string, inputHash: string): string => sha256(`${salt}${inputHash}`)

export function salted<O extends OperationKey>(operation: O): O & Kept & { inputSalt: string } {
  const inputSalt = randomUUID()
  return { ...operation, inputSalt, inputHash: saltedHash(inputSalt, operation.inputHash) }
}

export function isInputOf({ inputHash: kept, inputSalt }: Kept, inputHash: string): boolean {
  if (inputSalt === forgottenSalt) return true
  return kept === (inputSalt === null ? inputHash : saltedHash(inputSalt, inputHash))
}
