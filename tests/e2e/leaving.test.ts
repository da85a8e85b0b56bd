/** A child leaves the school on a day to come, comes back later as the same record, and all of it is taken back. */
import type { Page } from '@playwright/test'
import { checkAccess } from './check-access.ts'
import { nextTerm, term, written } from './days.ts'
import { ann, vic } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { ask, expect, ownSite, refusals, signIn, test } from './test.ts'

const site = ownSite()
test.use({ expectedErrors: refusals })

const section = (page: Page) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: 'At this school' }) })
const stays = (page: Page) => page.getByRole('list', { name: /^Days of .* at this school$/ }).getByRole('listitem')
const dialog = (page: Page) => page.getByRole('dialog')

/** A new student in a class of one seat, for which another student waits. */
async function openPupil(page: Page, familyName: string) {
  watchRequests(page)
  await signIn(page.context(), site.url, ann)
  const add = (who: object) => ask(page, site.url, 'students.create', { familyName, ...who })
  const [her, next] = [await add({ givenName: 'Lea', gradeLevel: '07' }), await add({ givenName: 'Nils' })]
  const klass = await ask(page, site.url, 'classes.create', { title: `Glass ${familyName}`, capacity: 1 })
  const enroll = (id: string) =>
    ask(page, site.url, 'classes.enroll', { classId: klass.id, studentIds: [id], waitlist: true })
  await enroll(her.id)
  await enroll(next.id)
  await page.goto(`${site.url}/northgate/students/${her.id}`)
  await settled(page)
  return { id: her.id, classId: klass.id }
}
async function enter(page: Page, button: string, submit: string, fill: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await expect(dialog(page)).toBeVisible()
  await fill()
  await dialog(page).getByRole('button', { name: submit }).click()
  await expect(dialog(page)).toBeHidden()
  await settled(page)
}
async function takeBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(page.getByText('Undone: everything is as it was before').last()).toBeVisible()
  await settled(page)
}
const statusOf = async (page: Page, id: string) =>
  (await ask<{ status: string; id: string }>(page, site.url, 'students.get', { id })).status

test('a child leaves on a day to come, comes back, and each step is taken back by Undo', async ({ page }) => {
  const { id } = await openPupil(page, 'Leaver')
  await expect(page.getByText('No entry day is known.')).toBeVisible()
  await enter(page, 'Add entry day', 'Add entry day', () => dialog(page).getByLabel('First day').fill(term.startDate))
  await expect(stays(page)).toHaveText([new RegExp(`Since ${written(term.startDate)}`)])

  await enter(page, 'Leaves the school', 'Save last day', async () => {
    await dialog(page).getByRole('button', { name: 'Save last day' }).click()
    await expect(dialog(page).getByText('Choose how the student leaves').last()).toBeVisible()
    await dialog(page).getByLabel('Last day at this school').fill(term.endDate)
    await dialog(page).getByLabel('How').selectOption('To another school')
    await dialog(page).getByLabel('Where to').fill('Hill School')
    await expect(dialog(page).getByLabel('End one class on that day')).toBeChecked()
    await checkAccess(page, 'a student leaves the school')
  })
  await expect(page.getByText(`Lea Leaver: last day is ${written(term.endDate)}`)).toBeVisible()
  await expect(stays(page)).toContainText([/To another school: Hill School/])
  await expect(page.getByText(`Last day at this school: ${written(term.endDate)}`)).toBeVisible()
  await expect(page.getByRole('row', { name: /Glass Leaver/ })).toContainText(written(term.endDate))
  expect(await statusOf(page, id)).toBe('active')
  await checkAccess(page, 'the page of a student who leaves')

  await page.getByRole('button', { name: 'Leaves the school' }).click()
  await expect(dialog(page)).toContainText(`The last day is entered already: ${written(term.endDate)}`)
  await expect(dialog(page).getByLabel('Last day at this school')).toHaveValue(written(term.endDate))
  await expect(dialog(page).getByLabel('How')).toHaveValue('transferred')
  await expect(dialog(page).getByLabel('Where to')).toHaveValue('Hill School')
  await dialog(page).getByLabel('Where to').fill('Hill School, London')
  await page.keyboard.press('Escape')
  await expect(dialog(page).getByRole('alert')).toContainText('What you typed here would be lost')
  await dialog(page).getByRole('button', { name: 'Keep editing' }).click()
  await expect(dialog(page).getByLabel('Where to')).toHaveValue('Hill School, London')
  await page.keyboard.press('Escape')
  await dialog(page).getByRole('button', { name: 'Close without saving' }).click()
  await expect(dialog(page)).toBeHidden()

  await enter(page, 'Comes back', 'Save first day', async () => {
    await dialog(page).getByLabel('First day').fill(nextTerm.startDate)
    await dialog(page).getByLabel('Grade').selectOption('Grade 8')
  })
  await expect(stays(page)).toHaveCount(2)
  await expect(stays(page).first()).toContainText(/From .*Grade 8 · Came back/)

  await takeBack(page)
  await expect(stays(page)).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(stays(page)).toHaveText([new RegExp(`Since ${written(term.startDate)}`)])
  await settled(page)
  await expect(page.getByRole('row', { name: /Glass Leaver/ })).not.toContainText(written(term.endDate))
  const twin = { givenName: 'Lea', familyName: 'Leaver', status: 'inactive' }
  const other = await ask<{ id: string }>(page, site.url, 'students.create', twin)
  await page.goto(`${site.url}/northgate/students/${id}/merge/${other.id}`)
  await expect(page.getByText('The student will be active: so say the days at this school of both')).toBeVisible()
  await expect(page.getByRole('row', { name: /Status/ }).getByRole('radio')).toHaveCount(0)
  await page.goBack()
  await expect(stays(page)).toHaveCount(1)
})

test('who leaves at once frees her seat, and a viewer sees that she left, but not how @full', async ({
  page,
  otherPage,
}) => {
  const { id, classId } = await openPupil(page, 'Goner')
  await ask(page, site.url, 'schoolEnrollments.create', { studentId: id, beginDate: term.startDate })
  await expect(stays(page)).toHaveCount(1)
  await enter(page, 'Leaves the school', 'Save last day', async () => {
    await dialog(page).getByLabel('How').selectOption('Expelled')
    await dialog(page).getByLabel('Where to').fill('Hill School')
  })
  const { roster } = await ask<{ id: string; roster: { givenName: string; status: string }[] }>(
    page,
    site.url,
    'classes.get',
    { id: classId },
  )
  expect(roster.map(({ givenName, status }) => [givenName, status])).toEqual([
    ['Lea', 'withdrawn'],
    ['Nils', 'enrolled'],
  ])
  await signIn(otherPage.context(), site.url, vic)
  watchRequests(otherPage)
  await otherPage.goto(`${site.url}/northgate/students/${id}`)
  await settled(otherPage)
  await expect(stays(otherPage)).toContainText([new RegExp(written(term.startDate))])
  await expect(otherPage.getByText(/Expelled|Hill School/)).toHaveCount(0)
  await expect(section(otherPage).getByRole('button')).toHaveCount(0)
})
