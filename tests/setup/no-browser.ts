/** What the client's modules look for as they load, where there is no browser. Import it before them. */
import { vi } from 'vitest'

vi.stubGlobal('window', Object.assign(new EventTarget(), { location: new URL('http://register.example/') }))
vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false, documentElement: {} }))
vi.stubGlobal('addEventListener', () => undefined)
vi.stubGlobal('navigator', { onLine: true, languages: ['en'] })
for (const name of ['localStorage', 'sessionStorage'])
  vi.stubGlobal(name, { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('__APP_VERSION__', 'dev')
