/** As much of Markdown as the handbook is written in. */
import { fold } from '../../db/folding.ts'

export type Inline =
  | { kind: 'text' | 'emphasis' | 'strong' | 'code'; text: string }
  | { kind: 'link'; text: string; to: string }
export type Block =
  | { kind: 'paragraph'; text: Inline[] }
  | { kind: 'list'; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
export interface Section {
  /** As the address of the heading on the project's pages ends. */
  slug: string
  title: string
  blocks: Block[]
}

const inline = /\*\*(?<strong>[^*]+)\*\*|\*(?<emphasis>[^*]+)\*|`(?<code>[^`]+)`|\[(?<link>[^\]]+)\]\((?<to>[^)]+)\)/g

export function readInlines(text: string): Inline[] {
  const found: Inline[] = []
  let from = 0
  const plain = (to: number) => to > from && found.push({ kind: 'text', text: text.slice(from, to) })
  for (const match of text.matchAll(inline)) {
    const { strong, emphasis, code, link, to = '' } = match.groups ?? {}
    plain(match.index)
    from = match.index + match[0].length
    if (strong) found.push({ kind: 'strong', text: strong })
    if (emphasis) found.push({ kind: 'emphasis', text: emphasis })
    if (code) found.push({ kind: 'code', text: code })
    if (link) found.push({ kind: 'link', text: link, to })
  }
  plain(text.length)
  return found
}

const cellsOf = (line: string): Inline[][] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => readInlines(cell.trim()))

function readBlock(lines: readonly string[]): Block {
  const [first = '', , ...rows] = lines
  if (first.startsWith('|')) return { kind: 'table', head: cellsOf(first), rows: rows.map(cellsOf) }
  const flowing = lines.map((line) => line.trim()).join(' ')
  if (!first.startsWith('- ')) return { kind: 'paragraph', text: readInlines(flowing) }
  const items = lines.join('\n').slice(2).split('\n- ')
  return { kind: 'list', items: items.map((item) => readInlines(item.replace(/\n\s*/g, ' '))) }
}

const slugOf = (title: string) =>
  fold(title)
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

export function readSections(markdown: string): Section[] {
  const [, ...parts] = markdown.split(/^## /m)
  return parts.map((part) => {
    const [title = '', ...lines] = part.trim().split('\n')
    const blocks = lines
      .join('\n')
      .trim()
      .split(/\n{2,}/)
    return { slug: slugOf(title), title, blocks: blocks.map((block) => readBlock(block.split('\n'))) }
  })
}

const plainOf = (inlines: readonly Inline[]) => inlines.map(({ text }) => text).join('')

/** What a reader sees of it. */
export function textOf({ title, blocks }: Section): string {
  const parts = blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return [block.text]
    return block.kind === 'list' ? block.items : [...block.head, ...block.rows.flat()]
  })
  return [title, ...parts.map(plainOf)].join('\n')
}

/** Those that have every word that was typed, each as the beginning of a word of theirs or within one. */
export function findSections(sections: readonly Section[], typed: string): Section[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  return sections.filter((section) => {
    const text = fold(textOf(section))
    return words.every((word) => text.includes(word))
  })
}
