/** The parts of the small contract, and what can be done to them. */
import { at } from './fixture.ts'
import type { Contract } from './promised.ts'
import type { Schema } from './schema.ts'

export const path = 'api paths /students'
export const parameters = (of: Contract) =>
  at(of, path).get as unknown as { parameters: { name: string; schema: Schema }[] }
export const parameter = (of: Contract, name: string) =>
  parameters(of).parameters.find((one) => one.name === name) as { required?: boolean; schema: Schema }
export const without = (of: Contract, name: string) => {
  const { parameters: all } = parameters(of)
  all.splice(
    all.findIndex((one) => one.name === name),
    1,
  )
}
export const body = (of: Contract) => at(of, `${path} post requestBody content application/json schema`) as Schema
export const input = (of: Contract) => at(of, 'router students.create input') as Schema
export const student = (of: Contract) => at(of, 'api components schemas Student') as Schema
export const answer = (of: Contract) => at(of, 'router students.create answer') as Schema
export const field = (schema: Schema, name: string) => (schema.properties as Record<string, Schema>)[name] as Schema
export const drop = (schema: Schema, name: string) => delete (schema.properties as Record<string, Schema>)[name]
export const put = (schema: Schema, name: string, one: Schema) =>
  Object.assign(schema.properties as object, { [name]: one })
export const need = (schema: Schema, name: string) => schema.required?.push(name)
export const free = (schema: Schema, name: string) => schema.required?.splice(schema.required.indexOf(name), 1)
export const set = (of: object, more: object) => Object.assign(of, more)
export const ofPage = (of: Contract) => at(of, `${path} get responses 200 content application/json schema`) as Schema
export const union = (schema: Schema) => (schema.anyOf ?? schema.oneOf) as Schema[]
