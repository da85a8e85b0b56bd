import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { makeDrafts } from '../../../client/drafts/drafts.ts'
import { meetingsDraft } from '../../../client/meetings/meetings-draft.ts'
import { noHeads } from '../../../client/paste/guess-fields.ts'
import { keptPaste, readPasteDraft, rowsOf } from '../../../client/paste/paste-draft.ts'
import { changedFields } from '../../../client/records/form-shape.ts'
import type { Base, Unsettled } from '../../../client/records/typed-fields.ts'
import { bringTogether, keptOf, laidOver } from '../../../client/records/typed-fields.ts'
import { cases } from '../../thorough.ts'

/** The tab's own storage, with room for so many characters. */
function makeStorage(room = Number.POSITIVE_INFINITY) {
  const items = new Map<string, string>()
  return {
    items,
    get length() {
      return items.size
    },
    key: (at: number) => [...items.keys()][at] ?? null,
    getItem: (name: string) => items.get(name) ?? null,
    setItem(name: string, text: string) {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError')
      items.set(name, text)
    },
    removeItem: (name: string) => void items.delete(name),
    clear: () => items.clear(),
  }
}

const fields = ['name', 'city', 'terms'] as const
type Field = (typeof fields)[number]
interface Values extends Record<string, unknown> {
  name: string
  city: { street: string; town: string }
  terms: string[]
}
const valueIn = (field: Field, word: string): Values[Field] =>
  ({ name: word, city: { street: word, town: 'here' }, terms: word ? [word] : [] })[field]
const empty: Values = { name: '', city: { street: '', town: 'here' }, terms: [] }

/** The register: one record, and whoever saves it under an old version is refused. */
function makeRegister() {
  let record: Base<Values> = { version: 1, values: empty }
  return {
    get: () => record,
    save(version: number, changed: Partial<Values>) {
      if (version !== record.version) return false
      record = { version: version + 1, values: { ...record.values, ...changed } }
      return true
    },
  }
}

/** One person's edit form, as client/records/use-edit.ts holds it, and what they have seen on it, field by field. */
function openForm(drafts: ReturnType<typeof makeDrafts>, name: string, register: ReturnType<typeof makeRegister>) {
  let { base, values } = laidOver(drafts.read(name), register.get())
  let unsettled: Unsettled<Values> | null = null
  const keep = () => {
    const kept = keptOf(base, values, unsettled)
    if (kept) expect(drafts.write(name, kept)).toBe(true)
    else drafts.remove(name)
  }
  return {
    values: () => values,
    was: () => base.values,
    type(field: Field, word: string) {
      values = { ...values, [field]: valueIn(field, word) }
    },
    keep,
    /** What is sent; undefined where the answer was a comparison. `compared` are its fields. */
    save() {
      const sent = Object.fromEntries(changedFields(base.values, values).map((field) => [field, values[field]]))
      if (!Object.keys(sent).length) return { sent }
      if (register.save(base.version, sent)) return { sent }
      const { version, values: theirs } = register.get()
      const { onlyTheirs, both } = bringTogether(base.values, values, theirs)
      unsettled = { was: base.values, version: base.version, theirs, fields: both }
      for (const field of onlyTheirs) values = { ...values, [field]: theirs[field] }
      base = { version, values: theirs }
      return { both }
    },
  }
}

const word = fc.constantFrom('', 'Ann', 'Ben', 'Oak Lane')
const step = fc.oneof(
  fc.record({ do: fc.constant('type' as const), field: fc.constantFrom(...fields), word }),
  fc.record({ do: fc.constant('reload' as const) }),
  fc.record({ do: fc.constant('other saves' as const), field: fc.constantFrom(...fields), word }),
  fc.record({ do: fc.constant('save' as const) }),
)

test('whatever is typed, reloaded and saved by others in between: nothing typed is lost, and nobody is overwritten unseen', () => {
  const property = fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const storage = makeStorage()
    const drafts = makeDrafts(() => storage)
    const register = makeRegister()
    const name = 'ann /northgate/students/1/edit'
    let form = openForm(drafts, name, register)
    let typed = new Map<Field, string>()
    let seen = new Map<Field, Set<string>>()
    const look = (values: Values, which: readonly string[] = fields) => {
      for (const field of fields.filter((one) => which.includes(one)))
        seen.set(field, (seen.get(field) ?? new Set()).add(JSON.stringify(values[field])))
    }
    look(form.was())
    // Somebody else may have saved the very same.
    const forgetSaved = () => {
      const now = register.get().values
      for (const [field, text] of typed)
        if (!changedFields({ [field]: now[field] }, { [field]: valueIn(field, text) }).length) typed.delete(field)
    }
    const expectTyped = () => {
      for (const [field, text] of typed) expect(form.values()[field]).toEqual(valueIn(field, text))
    }
    for (const one of steps) {
      if (one.do === 'type') {
        form.type(one.field, one.word)
        typed.set(one.field, one.word)
        // Typed back to what stood there is not typed any more.
        if (!changedFields(form.was(), form.values()).includes(one.field)) typed.delete(one.field)
      }
      if (one.do === 'other saves') register.save(register.get().version, { [one.field]: valueIn(one.field, one.word) })
      if (one.do === 'reload') {
        form.keep()
        forgetSaved()
        form = openForm(drafts, name, register)
        look(form.was())
      }
      if (one.do === 'save') {
        const before = register.get().values
        const { sent, both } = form.save()
        for (const field of Object.keys(sent ?? {}) as Field[])
          expect(seen.get(field), `${field} was overwritten unseen`).toContain(JSON.stringify(before[field]))
        if (both) {
          look(before)
          forgetSaved()
        } else {
          for (const [field, text] of typed) expect(register.get().values[field]).toEqual(valueIn(field, text))
          form.keep()
          typed = new Map()
          seen = new Map()
          drafts.remove(name)
          form = openForm(drafts, name, register)
          look(form.was())
        }
      }
      expectTyped()
    }
  })
  fc.assert(property, { numRuns: cases(500, 2000) })
})

test("nobody's draft is shown to another person, in another school or on another page", () => {
  const names = fc.record({
    person: fc.constantFrom('ann', 'ben'),
    school: fc.constantFrom('northgate', 'southfield'),
    page: fc.constantFrom('students/new', 'students/1/edit', 'students/paste'),
  })
  const nameOf = ({ person, school, page }: { person: string; school: string; page: string }) =>
    `${person} /${school}/${page}`
  const property = fc.property(names, names, fc.string(), (one, other, text) => {
    const storage = makeStorage()
    const drafts = makeDrafts(() => storage)
    drafts.write(nameOf(one), { text })
    expect(drafts.read(nameOf(other))).toEqual(nameOf(one) === nameOf(other) ? { text } : null)
    drafts.removeAll()
    expect(storage.items.size).toBe(0)
    expect(drafts.write(nameOf(one), { text })).toBe(false)
  })
  fc.assert(property)
})

test('what stands in the storage for others stays when somebody signs out', () => {
  const storage = makeStorage()
  storage.setItem('homeroom.renewed', '1')
  makeDrafts(() => storage).removeAll()
  expect(storage.getItem('homeroom.renewed')).toBe('1')
})

test('a full or blocked storage keeps nothing, says so, and breaks nothing', () => {
  const full = makeDrafts(() => makeStorage(10))
  expect(full.write('ann /', { text: 'long enough' })).toBe(false)
  const blocked = makeDrafts(() => {
    throw new DOMException('blocked', 'SecurityError')
  })
  expect(blocked.write('ann /', { text: '' })).toBe(false)
  expect(blocked.read('ann /')).toBe(null)
  blocked.remove('ann /')
  blocked.removeAll()
})

test('a few drafts are kept, the oldest make room, and none is without measure', () => {
  const storage = makeStorage()
  const drafts = makeDrafts(() => storage)
  for (let n = 1; n <= 9; n++) expect(drafts.write(`ann /${n}`, { n })).toBe(true)
  expect(storage.items.size).toBe(6)
  expect(drafts.read('ann /9')).toEqual({ n: 9 })
  expect(drafts.write('ann /huge', { text: 'x'.repeat(2_000_000) })).toBe(false)
  for (const n of [1, 2, 3]) expect(drafts.write(`ann /${n}`, { text: 'x'.repeat(1_900_000) })).toBe(true)
  expect([...storage.items.keys()]).toEqual(['homeroom.draft ann /2', 'homeroom.draft ann /3'])
})

test('three thousand pasted students with all that is known of each are kept', () => {
  const storage = makeStorage()
  const drafts = makeDrafts(() => storage)
  const cells = Array.from({ length: 3_000 }, (_, n) => Array.from({ length: 20 }, () => `a cell ${n}`))
  const text = cells.map((row) => row.join('\t')).join('\n')
  const rows = rowsOf(cells, noHeads)
  const kept = keptPaste({ text, order: undefined, pasted: { cells, heads: noHeads, mapping: [], rows } })
  expect(drafts.write('ann /students/paste', kept ?? {})).toBe(true)
  expect(readPasteDraft(drafts.read('ann /students/paste'))?.pasted?.rows).toEqual(rows)
})

test('a draft that another version of Homeroom kept is taken as far as it still fits', () => {
  const now = { version: 3, values: empty }
  const was = { name: '', city: '', terms: [] as string[], nick: '' }
  const typed = { name: 'Ann', city: 'Oak Lane', terms: ['one'], nick: 'Annie' }
  expect(laidOver({ version: 3, was, typed }, now)).toMatchObject({
    isBack: true,
    values: { ...empty, name: 'Ann', terms: ['one'] },
  })
  for (const odd of [null, 'text', [], { version: '3', was, typed }, { version: 9, was, typed }, { version: 3 }])
    expect(laidOver(odd, now)).toEqual({ base: now, values: empty, isBack: false })
  expect(meetingsDraft({ seen: [], rows: [{ start: 9 }] })).toBe(undefined)
  expect(readPasteDraft({ text: 3 })).toBe(undefined)
  expect(readPasteDraft({ text: 'a', pasted: { withHeads: true } })).toEqual({
    text: 'a',
    order: undefined,
    pasted: null,
  })
})

test('a pasted block comes back with the cells that were mended and the rows that were left out', () => {
  const cells = [
    ['Name', 'Seats'],
    ['Aula', '300'],
    ['Lab', '3O'],
    ['Attic', ''],
  ]
  const text = cells.map((row) => row.join('\t')).join('\n')
  const mended = [
    { id: 1, cells: cells[1] ?? [], isLeftOut: false },
    { id: 2, cells: ['Lab', '30'], isLeftOut: false, refusals: { seats: 'no' } },
    { id: 3, cells: cells[3] ?? [], isLeftOut: true },
  ]
  const heads = { rows: 1, labels: ['Name', 'Seats'] }
  const pasted = { cells, heads, mapping: ['name', 'seats'], isRecased: true, rows: mended }
  const kept = JSON.parse(JSON.stringify(keptPaste({ text, order: 'dayFirst', pasted })))
  const { refusals: _, ...second } = mended[1] ?? { refusals: null }
  expect(readPasteDraft(kept)).toEqual({
    text,
    order: 'dayFirst',
    pasted: { ...pasted, rows: [mended[0], second, mended[2]] },
  })
  expect(keptPaste({ text: ' ', order: undefined, pasted: null })).toBe(null)
})

test('who signs in after somebody soon finds nothing of theirs in the tab, and their own still there', () => {
  vi.useFakeTimers({ now: 0 })
  const storage = makeStorage()
  const drafts = makeDrafts(() => storage)
  drafts.write('ann /northgate/students/new', { name: 'Quinn' })
  drafts.write('ben /northgate/rooms/new', { name: 'Lab' })
  storage.setItem('something else', 'kept')
  const left = () => [...storage.items.keys()].toSorted()
  vi.setSystemTime(29 * 60_000)
  drafts.removeOthers('ben')
  expect(left().length).toBe(3)
  vi.setSystemTime(31 * 60_000)
  drafts.removeOthers('ben')
  expect(left()).toEqual(['homeroom.draft ben /northgate/rooms/new', 'something else'])
  vi.useRealTimers()
})
