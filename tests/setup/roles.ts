/** The two roles that deploy/postgresql-roles.sql makes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const rolesScript = readFileSync(join(import.meta.dirname, '../../deploy/postgresql-roles.sql'), 'utf8')

const as = (role: string) => (url: string) => url.replace('//postgres@', `//${role}@`)
export const asMigrating = as('homeroom_migrate')
export const asServing = as('homeroom_serve')
