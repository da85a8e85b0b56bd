/** The document for a person to read: plain HTML without a script. */
import type { Json } from './asked.ts'
import { fieldsOf, isNeeded, procedureOf } from './asked.ts'
import type { Deprecations } from './deprecations.ts'
import { deprecations } from './deprecations.ts'
import { apiDocument } from './document.ts'
import type { Route } from './routes.ts'
import { routes } from './routes.ts'

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
const code = (text: string) => `<code>${escaped(text)}</code>`

function typeOf(json: Json): string {
  const { $ref, anyOf, type, format, items } = json as Json & { $ref?: string; anyOf?: Json[]; items?: Json }
  const [, name] = /schemas\/(\w+)$/.exec($ref ?? '') ?? []
  if (name) return `<a href="#${name}">${name}</a>`
  if (anyOf) return anyOf.map(typeOf).join(' or ')
  if (type === 'array') return `list of ${typeOf(items ?? {})}`
  if (json.enum) return (json.enum as string[]).map(code).join(', ')
  return escaped([type, format].flat().filter(Boolean).join(' '))
}

const row = (name: string, about: string) => `<tr><th scope="row">${code(name)}</th><td>${about}</td></tr>`
function schemaOf([name, json]: [string, unknown]): string {
  const { properties = {}, required = [] } = json as Json
  const rows = Object.entries(properties).map(([field, own]) =>
    row(field, `${typeOf(own)}${required.includes(field) ? '' : ' (may be missing)'}`),
  )
  return `<section><h3 id="${name}">${name}</h3><table>${rows.join('')}</table></section>`
}

function routeOf(route: Route): string {
  const { method, path, summary, query = [], also, isSeen } = route
  const scopes = [...new Set([procedureOf(route)._def.meta?.permission ?? '', also ?? ''])].filter(Boolean)
  const body =
    method === 'GET'
      ? []
      : Object.keys(fieldsOf(route)).filter((name) => !path.includes(`{${name}}`) && !(isSeen && name === 'version'))
  const typed = (field: string) => {
    const type = field === 'cursor' ? 'string' : typeOf(fieldsOf(route)[field] ?? {})
    return `${code(field)} ${type}${isNeeded(route, field) ? ' (required)' : ''}`
  }
  const facts = [
    row('scopes', scopes.map(code).join(', ')),
    ...(query.length ? [row('query', query.map(typed).join('<br>'))] : []),
    ...(isSeen ? [row('If-Match', 'the ETag that you saw')] : []),
    ...(body.length ? [row('body', body.map(typed).join('<br>'))] : []),
  ]
  return `<section><h3>${code(`${method} ${path}`)}</h3><p>${escaped(summary)}</p><table>${facts.join('')}</table></section>`
}

export const goesSection = (table: Deprecations = deprecations): string => {
  const rows = Object.entries(table).map(([name, { since, sunset, instead }]) =>
    row(name, `since ${since}, gone on ${sunset}. Instead: ${escaped(instead)}`),
  )
  const told = rows.length ? `<table>${rows.join('')}</table>` : '<p>Nothing is deprecated.</p>'
  return `<h2 id="goes">What goes</h2>${told}`
}

const style = `
:root { --paper: #fff; --ink: #1c2421; --pine: #0b5c44; color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
@media (prefers-color-scheme: dark) { :root { --paper: #141a18; --ink: #e6ebe9; --pine: #7fd1b4 } }
html { background: var(--paper); color: var(--ink) } a { color: var(--pine) }
body { max-width: 860px; margin: 0 auto; padding: 24px 16px 64px }
h1 { font-size: 20px } h2 { font-size: 16px; margin-top: 40px } h3 { font-size: 14px; margin: 24px 0 4px }
p { margin: 0 } code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; margin-top: 6px }
th, td { text-align: start; vertical-align: top; padding: 3px 8px 3px 0; border-bottom: 1px solid #8884; font-weight: 400 }
th { width: 30% }`

let made: string | undefined
export function apiPage(): string {
  made ??= `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Homeroom for apps</title><style>${style}</style></head>
<body><main><h1>Homeroom for apps</h1>
<p>Addresses begin with ${code('/api/v1')}. Each request carries ${code('Authorization: Bearer hrm_…')}. The same as a document for apps: <a href="/openapi.json">openapi.json</a>.</p>
<h2>What can be asked</h2>${routes.map(routeOf).join('')}
<h2>What is answered</h2>${Object.entries(apiDocument().components.schemas).map(schemaOf).join('')}
${goesSection()}
</main></body></html>`
  return made
}
