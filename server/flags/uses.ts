/** Where the source asks for flags, for the check and for whoever takes one out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Use {
  file: string
  line: number
  text: string
  decides: boolean
}

const folders = ['server', 'client', 'db', 'tests', 'docs']
const registry = 'server/flags/registry.ts'
const asking = /\b(?:isOn|useFlag|jobFlag)\(\s*(?:[^'()]|\([^()]*\))*'([^']*)'/g

export const isSource = (root: string): boolean => existsSync(join(root, registry))

function filesOf(root: string): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(tsx?|mjs|md)$/.test(name))
        .map((name) => join(folder, name).replaceAll('\\', '/')),
    )
    .toSorted()
}

export function askedFor(root: string): Map<string, Use[]> {
  const found = new Map<string, Use[]>()
  for (const file of filesOf(root).filter((name) => /^(server|client)\//.test(name))) {
    const whole = readFileSync(join(root, file), 'utf8')
    for (const { 1: key = '', 0: call, index } of whole.matchAll(asking)) {
      const line = whole.slice(0, index + call.length).split('\n').length
      const text = (whole.split('\n')[line - 1] ?? '').trim()
      found.set(key, [...(found.get(key) ?? []), { file, line, text, decides: true }])
    }
  }
  return found
}

export function usesOf(root: string, key: string): Use[] {
  const deciding = new Set((askedFor(root).get(key) ?? []).map(({ file, line }) => `${file}:${line}`))
  const name = new RegExp(`(?<![\\w-])${key}(?![\\w-])`)
  const quoted = new RegExp(`['"\`]${key}['"\`]|^\\s*${key}: \\{`)
  return filesOf(root).flatMap((file) => {
    const isProse = file.endsWith('.md')
    return readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((text, index): Use[] => {
        const isNamed = isProse ? name.test(text) && /flag/i.test(text) : quoted.test(text)
        if (!isNamed || (file !== registry && !isProse && /^\s*\w+: \{/.test(text))) return []
        const place = { file, line: index + 1 }
        return [{ ...place, text: text.trim(), decides: deciding.has(`${file}:${index + 1}`) }]
      })
  })
}

export function becomes({ file, text, decides }: Use, key: string, isOn: boolean): string {
  if (file === registry) return 'take the entry out'
  if (!decides) return /^(tests|docs)\//.test(file) ? 'take out what tells of the other side' : 'take it out'
  const call = new RegExp(`(!?)\\s*(?:isOn|useFlag|jobFlag)\\([^']*'${key}'[^)]*\\)`).exec(text)
  const isTrue = call?.[1] === '!' ? !isOn : isOn
  const after = call ? text.slice(call.index + call[0].length).trim() : ''
  const before = call ? text.slice(0, call.index).trim() : ''
  const joined = /^(&&|\|\|)/.exec(after)?.[1] ?? /(&&|\|\|)$/.exec(before)?.[1]
  if (joined) {
    const decidesAll = (joined === '||') === isTrue
    if (!decidesAll) return `${isTrue}: take this part of the condition out`
    return isTrue
      ? 'true, and so is the whole condition: keep what it guards'
      : 'false, and so is the whole condition: take out what it guards'
  }
  if (/^\?/.test(after)) return `${isTrue}: keep ${isTrue ? 'what stands after ?' : 'what stands after :'}`
  if (/\bif \($/.test(before)) return isTrue ? 'true: keep what it guards' : 'false: take out what it guards'
  const given = /^(?:const|let)\s+(\w+)\s*=/.exec(before)?.[1]
  return given ? `${given} is always ${isTrue}: put that in its place` : `always ${isTrue}`
}
