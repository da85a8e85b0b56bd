/** What a command says may come from files and other servers, so nothing in it may steer the terminal. */
import { once } from 'node:events'

/** Control characters but the line end and the tab, those of direction, and the separators of lines that only some know. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

/** In JSON this is the same text. */
export const plain = (text: string): string =>
  text.replace(steering, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A value that ends a line could pretend to be the next message. */
export const onOneLine = (text: string): string => plain(text).replaceAll('\n', '\\n')

export const say = (text: string): void => console.log(plain(text))
export const complain = (text: string): void => console.error(plain(text))
/** Waits for whoever reads, so that a long answer is never whole in memory. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(plain(text))) await once(process.stdout, 'drain')
}

export function progressLine() {
  const { stderr } = process
  const show = (text: string) => {
    if (stderr.isTTY) stderr.write(`\r${onOneLine(text).slice(0, (stderr.columns ?? 80) - 1)}\x1b[K`)
  }
  return { show, clear: () => show('') }
}
