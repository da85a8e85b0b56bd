/** Markdown in which names that a stranger chose stay plain text: no mention, link, HTML or line of their own. */

/** What GitHub takes as the body of a comment, in characters. We count bytes, which are never fewer. */
export const mostOfComment = 65_536

/** Controls, and letters that turn the direction of what follows. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/** In a code span GitHub makes nothing of @names, numbers, addresses and tags. */
export function code(text: string, most = 160): string {
  const plain = text.replaceAll(unseen, ' ').replaceAll('`', "'").replaceAll(/\s+/g, ' ').trim()
  const letters = [...plain]
  return `\`${letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : plain || ' '}\``
}

/** Its cells may hold code spans. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const right = heads.map((_, index) => (index ? '---:' : '---'))
  return [line(heads), line(right), ...rows.map(line)].join('\n')
}

/** The first of them, and how many more there are. */
export function list(items: readonly string[], most = 20): string {
  const rest = items.length - most
  const shown = items.slice(0, most).map((item) => `- ${item}`)
  return [...shown, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n')
}

export interface Section {
  title: string
  text: string
}

export const notMeasured = 'Not measured.'

const bytes = (text: string) => Buffer.byteLength(text)
const cutNote = '\n\nThe rest is left out: the comment would be too long.'

/** A section that does not fit is cut at the end of a line; those behind it are named only. */
export function fitted(head: string, sections: readonly Section[], most = mostOfComment): string {
  let text = head
  for (const { title, text: own } of sections) {
    const whole = `${text}\n\n### ${title}\n\n${own}`
    const room = most - bytes(cutNote)
    if (bytes(whole) <= room) {
      text = whole
      continue
    }
    const lines = whole.split('\n')
    while (bytes(lines.join('\n')) > room) lines.pop()
    return `${lines.join('\n')}${cutNote}`
  }
  return text
}
