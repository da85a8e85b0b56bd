import { readFileSync } from 'node:fs'

function contentOf(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new Error(`${variable} names the file ${file}, which can't be read: ${(error as Error).message}`)
  }
}

export const setting = (name: string): string | undefined => {
  const variable = `${name}_FILE`
  const file = process.env[variable]
  if (!file) return process.env[name] || undefined
  const content = contentOf(variable, file)
  if (!content) throw new Error(`${variable} names the file ${file}, which is empty: it must hold what ${name} would`)
  return content
}

/** 'ahead': this process is at the target of a move before the register is. 'never': it works on the file, whatever that says. */
export type Following = 'ahead' | 'never' | undefined
export function following(): Following {
  const word = process.env.MOVE_FOLLOWED
  return word === 'ahead' || word === 'never' ? word : undefined
}
/** For this process, before it has chosen its database, and for those that it starts. */
export function follow(how: Following): void {
  process.env.MOVE_FOLLOWED = how
}
