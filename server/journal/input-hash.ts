/** What is kept of an operation's input: enough to know its repetition by, and nothing to guess at it with. */
import { randomUUID } from 'node:crypto'
import { sha256 } from '../canonical.ts'
import type { OperationKey } from '../context.ts'

/** In place of the salt of an operation whose input told of somebody who was erased: nothing can be compared any more. */
export const forgottenSalt = '00000000-0000-0000-0000-000000000000'

interface Kept {
  inputHash: string
  /** Null where the operation was made before there were salts. */
  inputSalt: string | null
}

const saltedHash = (salt: string, inputHash: string): string => sha256(`${salt}${inputHash}`)

/** The operation as it is stored. */
export function salted<O extends OperationKey>(operation: O): O & Kept {
  const inputSalt = randomUUID()
  return { ...operation, inputSalt, inputHash: saltedHash(inputSalt, operation.inputHash) }
}

/** Whether an input with this hash is the one that was kept, as far as that can still be known. */
export function isInputOf({ inputHash: kept, inputSalt }: Kept, inputHash: string): boolean {
  if (inputSalt === forgottenSalt) return true
  return kept === (inputSalt === null ? inputHash : saltedHash(inputSalt, inputHash))
}
