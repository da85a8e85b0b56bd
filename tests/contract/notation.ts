/** How the shape of an answer stands in its file: `{"email?": "string | null", "addresses": [{…}]}`, so that a review reads it. */
import type { Schema } from './schema.ts'

export type Written = string | Written[] | { [key: string]: Written }

const others = '*'
const words = '='
const choice = '|'

const plain = ({ type, format }: Schema) => [type, format].filter(Boolean).join(' ')
const isPlain = ({ type, enum: list }: Schema) => type !== 'object' && type !== 'array' && !list

function writtenFields({ properties = {}, required = [], additionalProperties }: Schema): Written {
  const fields = Object.entries(properties).map(([key, one]) => [
    required.includes(key) ? key : `${key}?`,
    written(one),
  ])
  const more = typeof additionalProperties === 'object' ? [[others, written(additionalProperties)]] : []
  return Object.fromEntries([...fields, ...more])
}

export function written(schema: Schema): Written {
  const { anyOf, type, enum: list, items } = schema
  if (anyOf?.every(isPlain)) return anyOf.map(plain).join(' | ')
  if (anyOf) return { [choice]: anyOf.map(written) }
  if (list) return { [words]: list as string[] }
  if (type === 'object') return writtenFields(schema)
  if (type === 'array') return items ? [written(items)] : []
  return plain(schema)
}

function readPlain(text: string): Schema {
  const parts = text.split(' | ').map((part): Schema => {
    const [type = '', format] = part.split(' ')
    return { ...(type && { type }), ...(format && { format }) }
  })
  const [only = {}, ...more] = parts
  return more.length ? { anyOf: parts } : only
}

function readFields(text: { [key: string]: Written }): Schema {
  const { [others]: rest, ...fields } = text
  const names = Object.keys(fields)
  const required = names.filter((key) => !key.endsWith('?'))
  const properties = Object.fromEntries(
    names.map((key) => [key.replace(/\?$/, ''), readAnswer(fields[key] as Written)]),
  )
  return {
    type: 'object',
    ...(required.length && { required }),
    ...(names.length && { properties }),
    ...(rest !== undefined && { additionalProperties: readAnswer(rest) }),
  }
}

export function readAnswer(text: Written): Schema {
  if (typeof text === 'string') return readPlain(text)
  if (Array.isArray(text)) return { type: 'array', items: text.length ? readAnswer(text[0] as Written) : false }
  if (text[words]) return { type: 'string', enum: text[words] as string[] }
  if (text[choice]) return { anyOf: (text[choice] as Written[]).map(readAnswer) }
  return readFields(text)
}
