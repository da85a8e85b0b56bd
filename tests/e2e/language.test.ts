/** In a language that nobody speaks, long, accented and from right to left: what is English then, no catalog said. */
import { hostname } from 'node:os'
import type { Page } from '@playwright/test'
import { pseudoText as said } from '../../client/messages/pseudo.ts'
import { walked } from '../thorough.ts'
import { checkAccessInFull } from './check-access.ts'
import { checkScreen } from './no-english.ts'
import { buildPseudoApp } from './pseudo-app.ts'
import { fill, locale, school, setUp } from './pseudo-school.ts'
import { settled, watchRequests } from './settled.ts'
import type { Site } from './test.ts'
import { expect, refusals, startSite, test } from './test.ts'

test.use({ locale, expectedErrors: refusals })
test.describe.configure({ mode: 'serial' })

let built: Awaited<ReturnType<typeof buildPseudoApp>>
let site: Site
let ids: Awaited<ReturnType<typeof fill>>
let cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>

test.beforeAll(async () => {
  built = await buildPseudoApp()
  site = await startSite('empty', {}, built.path)
})
test.beforeEach(({ page }) => watchRequests(page))
test.afterAll(async () => {
  await site?.done()
  built?.done()
})

/** Goes there as a link does, without loading the page again. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, `/${school}/${path}`)
  await settled(page)
}

async function enter(page: Page): Promise<void> {
  await page.context().addCookies(cookies)
  await page.goto(`${site.url}/${school}/home`)
  await settled(page)
}

const machine = new RegExp(hostname().replaceAll('.', '\\.'), 'g')
/** As the choice of a time zone names them. */
const zoneNames = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => zone.replaceAll('_', ' '))
const zones = new RegExp(zoneNames.toSorted((a, b) => b.length - a.length).join('|'), 'g')

const button = (page: Page, name: string) => page.getByRole('button', { name: said(name), exact: true })
const item = (page: Page, name: string) => page.getByRole('menuitem', { name: said(name), exact: true })

test('the doors speak the language of the browser', async ({ page }) => {
  await page.goto(`${site.url}/sign-in`)
  await settled(page)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await checkScreen(page, 'sign-in before the setup')
  await page.goto(/(http:\S+\/setup#t=\S+)/.exec(site.output())?.[1] ?? '')
  await button(page, 'Set up this school').click()
  await settled(page)
  await checkScreen(page, 'setup, refused', [zones])
  await checkAccessInFull(page, 'setup')
  await page.goto(`${site.url}/join#t=none`)
  await settled(page)
  await checkScreen(page, 'a link that cannot be used')
  await setUp(page, site.url, site.output())
  ids = await fill(page, site.url)
  cookies = await page.context().cookies()
  await page.context().clearCookies()
  await page.goto(`${site.url}/sign-in`)
  await button(page, 'Sign in').click()
  await settled(page)
  await checkScreen(page, 'sign-in, refused')
  await checkAccessInFull(page, 'sign-in')
})

/** Below the school's address. */
function screens(): string[] {
  const { student, others, one, two, archived } = ids
  const { course, department, instructor, program, room, term, guardian } = ids
  const more = {
    departments: department,
    guardians: guardian,
    instructors: instructor,
    programs: program,
    rooms: room,
    terms: term,
  }
  const kinds = Object.entries(walked({ courses: course }, { courses: course, ...more }))
  return [
    'home',
    'imports',
    'students',
    'students?q=zz&grade=07&status=active&archived=yes',
    `students?student=${student.id}`,
    'students/new',
    'students/paste',
    `students/${student.id}#history`,
    `students/${student.id}/edit`,
    'students/duplicates',
    `students/${others[1]?.id}/merge/${others[2]?.id}`,
    'students/print?grade=08',
    'classes',
    'classes?attention=noInstructor',
    'classes?seats=full&term=all',
    'classes?q=zz&term=all',
    'classes/new',
    `classes/${one.id}#history`,
    `classes/${two.id}`,
    `classes/${one.id}/edit`,
    `classes/${one.id}/print?columns=3`,
    `classes/${one.id}/meetings`,
    `timetable?of=student&id=${student.id}`,
    'timetable',
    ...kinds.flatMap(([path, { id }]) => [path, `${path}/new`, `${path}/${id}`, `${path}/${id}/edit`, `${path}/print`]),
    'rooms?archived=yes',
    'rooms?q=zz',
    'rooms/paste',
    `rooms/${archived.id}`,
    'history',
    'history?by=import&kind=room&did=erase&from=2020-01-01&to=2020-01-02',
    'account',
    'members',
    'members?shown=removed',
    'members/new',
    'members/apps',
    'members/webhooks',
    'nowhere',
  ]
}

test('no screen says anything in English, nor is wider than its window', async ({ page }) => {
  await enter(page)
  const { student, one } = ids
  const shownTo = new Set([
    'home',
    `students?student=${student.id}`,
    `students/${student.id}/edit`,
    `classes/${one.id}#history`,
  ])
  for (const path of screens()) {
    await go(page, path)
    await checkScreen(page, path)
    // What is longer and the other way round has the same colors.
    if (shownTo.has(path)) await checkAccessInFull(page, path, ['light'])
  }
  await go(page, 'system')
  // Procedures, steps of the schema, backfills, versions and the machine are called the same everywhere.
  await checkScreen(page, 'system', [
    /\b[a-z]\w*\.\w+/g,
    /\b\d{4}_\w+/g,
    /\b[a-z]+_[a-z]+\b/g,
    /\d\S*\+\S+/g,
    /\bSQLite\b/g,
    machine,
  ])
})

test('the pages of flags say nothing in English', async ({ page }) => {
  await enter(page)
  await go(page, 'system/flags')
  await checkScreen(page, 'flags')
  for (const flag of ['move-page', 'presences', 'backfills']) {
    await go(page, `system/flags/${flag}`)
    await page.getByRole('radio').nth(2).click()
    await check(page, `flag ${flag}`, [new RegExp(flag)])
    await button(page, 'Save changes').click()
    await settled(page)
    await check(page, `flag ${flag}, saved`, [new RegExp(flag)])
  }
  await checkAccessInFull(page, 'a flag', ['light'])
})

/** Checks what is on the page now. */
async function check(page: Page, name: string, same: RegExp[] = []): Promise<void> {
  await settled(page)
  await checkScreen(page, name, same)
}
/** A dialog appears once its part of the program has been fetched. */
async function checkDialog(page: Page, name: string): Promise<void> {
  await expect(dialog(page)).toBeVisible()
  await check(page, name)
}
const dialog = (page: Page) => page.getByRole('dialog')
const inDialog = (page: Page, name: string) => dialog(page).getByRole('button', { name: said(name), exact: true })
async function shut(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
}

test('the palette, the menus and what lists can do say nothing in English @full', async ({ page }) => {
  await enter(page)
  await page.keyboard.press('Control+k')
  await checkDialog(page, 'palette')
  await page.keyboard.type('Ан')
  await check(page, 'palette, found')
  await page.keyboard.type('яяя')
  await check(page, 'palette, nothing found')
  await shut(page)
  await page.locator('button.person').click()
  await check(page, 'menu of the person')
  await page.keyboard.press('Escape')

  await go(page, 'students')
  await button(page, 'Views').click()
  await item(page, 'Save this view…').click()
  await button(page, 'Save view').click()
  await check(page, 'a view without a name')
  await shut(page)
  await button(page, 'Views').click()
  await item(page, 'Change or delete views…').click()
  await checkDialog(page, 'saved views')
  await shut(page)
  await button(page, 'Columns, export and print').click()
  await check(page, 'columns')
  await item(page, 'Export as CSV').click()
  await check(page, 'export')
  await shut(page)
  await page.getByRole('checkbox').nth(1).click()
  await check(page, 'a chosen student')
  await button(page, 'Set grade').click()
  await check(page, 'grades to set')
  await page.keyboard.press('Escape')
  await button(page, 'Archive').click()
  await check(page, 'archiving a student in use')
  await shut(page)
  await button(page, 'Clear selection').click()
  await page.setViewportSize({ width: 390, height: 844 })
  await go(page, 'students?q=Б')
  await button(page, 'Filters').click()
  await check(page, 'filters on a phone')
})

test('the dialogs of a student say nothing in English @full', async ({ page }) => {
  await enter(page)
  await go(page, `students/${ids.student.id}`)
  await button(page, 'Add alert').click()
  await inDialog(page, 'Add alert').click()
  await check(page, 'alert')
  await shut(page)
  await button(page, 'Link guardian').click()
  await dialog(page).getByRole('combobox').fill('яя')
  await check(page, 'linking a guardian, nobody found')
  await button(page, 'Add somebody new instead').click()
  await check(page, 'linking a new guardian')
  await page.keyboard.press('Escape')
  await check(page, 'closing without saving')
  await button(page, 'Close without saving').click()
  await expect(dialog(page)).toHaveCount(0)
  await button(page, 'Who can see this student?').click()
  await checkDialog(page, 'who can see a student')
  await shut(page)
  await button(page, 'Add to classes').click()
  await page.getByRole('combobox').last().fill('Ф')
  await settled(page)
  await page.keyboard.press('Enter')
  await check(page, 'adding to classes')
})

test('the dialogs of a class say nothing in English @full', async ({ page }) => {
  await enter(page)
  await go(page, `classes/${ids.one.id}`)
  await button(page, 'Enroll students').click()
  await page.getByRole('combobox').last().fill('яя')
  await check(page, 'enrolling, nobody found')
  await page.keyboard.press('Escape')
  await button(page, 'Add instructor').click()
  await checkDialog(page, 'adding an instructor')
  await shut(page)
  const roster = page.getByRole('table', { name: said('Students in this class') })
  for (const doing of ['Withdraw', 'Complete', 'Edit dates, grade and note']) {
    await roster.locator('button.row-actions').first().click()
    await item(page, doing).click()
    await checkDialog(page, doing)
    await shut(page)
  }
})

test('archiving, leaving, taking back, inviting and pasting say nothing in English @full', async ({ page }) => {
  await enter(page)
  await go(page, `rooms/${ids.room.id}`)
  await button(page, 'Archive').click()
  await checkDialog(page, 'archiving a room in use')
  await shut(page)
  await go(page, `rooms/${ids.archived.id}`)
  await button(page, 'Restore').click()
  await check(page, 'restored')
  await page.keyboard.press('Control+z')
  await check(page, 'taken back')
  await go(page, 'rooms')
  await page.getByRole('checkbox').nth(1).click()
  await button(page, 'Set seats').click()
  await checkDialog(page, 'setting the seats of many')
  await dialog(page).getByRole('textbox').fill('1')
  await inDialog(page, 'Set seats').click()
  await check(page, 'set')
  await go(page, 'rooms/new')
  await page.getByRole('textbox').first().fill('14')
  await button(page, 'Cancel').click()
  await check(page, 'leaving what was typed')
  await button(page, 'Leave without saving').click()

  await go(page, 'members/new')
  await button(page, 'Invite').click()
  await check(page, 'inviting, refused')
  await go(page, 'rooms/paste')
  await page.getByRole('textbox').fill('12\tx\n15\t30\n')
  await button(page, 'Check the rows').click()
  await check(page, 'pasted rows')
})
