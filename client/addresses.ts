/** The addresses that all lists of records have alike. */
import type { ListPath } from '../db/values.ts'

type Rest = '' | '/new' | '/paste' | '/print' | '/$id' | '/$id/edit'
/** For a link's `to`; the school and the id are its parameters. The router takes rooms' addresses for all kinds'. */
export const addressOf = <Below extends Rest = ''>(
  { path }: { path: ListPath },
  below = '' as Below,
): `/$school/rooms${Below}` => `/$school/${path}${below}` as `/$school/rooms${Below}`
