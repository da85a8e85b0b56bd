import type { Page } from '@playwright/test'
import { checkAccess, checkAccessInFull } from './check-access.ts'
import { ann, vic } from './people.ts'
import type { Site } from './test.ts'
import { ask, expect, ownSite, signIn, studentRow, test } from './test.ts'

const site: Site = ownSite()
test.beforeEach(async ({ page }) => {
  await signIn(page.context(), site.url, ann)
})

interface Known {
  id: string
  title?: string
  familyName?: string
}
const rowsOf = async (page: Page, procedure: string, input: object) =>
  (await ask<{ rows: Known[] }>(page, site.url, procedure, input)).rows

async function family(page: Page, familyName: string) {
  const address = {
    kind: 'local',
    street: '1 High Street',
    city: 'Leeds',
    postalCode: 'LS1 1AA',
    region: null,
    country: null,
  }
  const students = []
  for (const givenName of ['Ada', 'Bea'])
    students.push(await ask(page, site.url, 'students.create', { givenName, familyName, addresses: [address] }))
  const ids = students.map(({ id }) => id)
  const gina = { givenName: 'Gina', familyName, phone: '(614) 555-0100', email: 'gina@home.example' }
  const [studentId, other] = ids
  const marks = { relation: 'mother', mayPickUp: true, livesWith: true }
  const [link] = await ask<{ guardianId: string }[]>(page, site.url, 'studentGuardians.create', {
    ...{ studentId, guardian: gina },
    ...marks,
  })
  await ask(page, site.url, 'studentGuardians.create', { studentId: other, guardianId: link?.guardianId, ...marks })
  const zorro = { givenName: 'Zorro', familyName, phone: '555 0199' }
  await ask(page, site.url, 'studentGuardians.create', {
    ...{ studentId, guardian: zorro, relation: 'relative', isBarred: true },
  })
  await ask(page, site.url, 'studentAlerts.create', { studentId, kind: 'medical', text: 'Peanut allergy' })
  return ids
}

const classNamed = async (page: Page, title: string) =>
  (await rowsOf(page, 'classes.list', { search: title })).find((one) => one.title === title)?.id ?? ''

test('whom to call stands beside the list and at the top of the page, to be called by a tap', async ({ page }) => {
  await family(page, 'Callme')
  await page.goto(`${site.url}/northgate/students`)
  await page.getByLabel('Search students').fill('callme ada')
  await studentRow(page, 'Callme, Ada').click()
  const panel = page.getByRole('complementary', { name: 'Student details' })
  const calls = panel.getByRole('list', { name: 'Whom to call about Ada Callme, in this order' }).getByRole('listitem')
  await expect(calls).toContainText([/Gina Callme.*Mother · May pick up · Lives with/s, /Zorro Callme.*No contact/s])
  await expect(calls.first().getByRole('link', { name: '(614) 555-0100' })).toHaveAttribute('href', 'tel:6145550100')
  await checkAccess(page, 'whom to call beside the list')
  await panel.getByRole('link', { name: 'Open page' }).click()
  const phone = page.getByRole('link', { name: '(614) 555-0100' })
  await expect(phone).toHaveCount(1)
  await expect(page.getByRole('heading', { name: 'Guardians and contacts' })).toBeVisible()
  const [top, details] = await Promise.all(
    [phone, page.getByRole('heading', { name: 'Details' })].map((one) => one.boundingBox()),
  )
  expect(top?.y).toBeLessThan(details?.y ?? 0)
})

test('phones and addresses are typed on their own keyboards, and a required field is marked @full', async ({
  page,
}) => {
  await page.goto(`${site.url}/northgate/guardians/new`)
  const phone = page.getByLabel('Phone', { exact: true })
  await expect(phone).toHaveAttribute('inputmode', 'tel')
  await expect(phone).toHaveAttribute('type', 'tel')
  await expect(phone).toHaveAttribute('autocomplete', 'off')
  await expect(page.getByLabel('Email')).toHaveAttribute('inputmode', 'email')
  await page.goto(`${site.url}/northgate/rooms/new`)
  const mark = page.locator('label', { hasText: 'Name' }).first()
  expect(await mark.evaluate((label) => getComputedStyle(label, '::after').content)).toContain('*')
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeVisible()
})

test('an emergency sheet of a class names whom to call in order, alerts and addresses, and prints without buttons', async ({
  page,
}) => {
  const ids = await family(page, 'Urgent')
  const classId = await classNamed(page, 'Chemistry 11A')
  await ask(page, site.url, 'classes.enroll', { classId, studentIds: ids })
  await page.goto(`${site.url}/northgate/classes/${classId}`)
  await page.getByRole('link', { name: 'Emergency sheet' }).click()
  await expect(page.getByRole('heading', { name: 'Emergency sheet: Chemistry 11A' })).toBeVisible()
  const row = page.getByRole('row', { name: /Urgent, Ada/ })
  await expect(row).toContainText(/Medical: Peanut allergy/)
  await expect(row).toContainText('1 High Street, Leeds, LS1 1AA')
  await expect(row.getByRole('listitem')).toContainText([/Gina Urgent.*\(614\) 555-0100/s, /No contact.*Zorro/s])
  await expect(page.getByRole('row', { name: /Urgent, Bea/ })).toContainText('Nothing is entered')
  await checkAccessInFull(page, 'an emergency sheet')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(row).toBeVisible()
})

test('chosen brothers and sisters at one address get one label; who has no address is named', async ({ page }) => {
  await family(page, 'Postal')
  await ask(page, site.url, 'students.create', { givenName: 'Cem', familyName: 'Postal' })
  await page.goto(`${site.url}/northgate/students#q=postal`)
  await expect(studentRow(page, 'Postal, Cem')).toBeVisible()
  await page.getByRole('button', { name: 'Columns, export and print' }).click()
  await page.getByRole('menuitem', { name: 'Address labels' }).click()
  await expect(page.getByText('One label on one sheet')).toBeVisible()
  await expect(page.getByText('One student has no address and gets no label:')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Postal, Cem' })).toBeVisible()
  const label = page.getByRole('list', { name: 'Sheet 1' }).getByRole('listitem').filter({ hasText: 'Gina Postal' })
  await expect(label).toContainText('1 High Street')
  await page.getByLabel('Sheets of labels').selectOption('Letter, 3 × 10, each 2⅝ × 1 in')
  await page.getByLabel('First label').selectOption('30')
  await expect(page.getByRole('list', { name: 'Sheet 1' }).getByRole('listitem')).toHaveCount(1)
  await checkAccessInFull(page, 'address labels')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByLabel('Sheets of labels')).toBeHidden()
  await expect(label).toBeVisible()
})

test('a file has a column for each fact of a guardian, and nobody who may have no contact', async ({ page }) => {
  await family(page, 'Filed')
  await page.goto(`${site.url}/northgate/students?cols=guardians#q=filed%20ada`)
  await expect(page.getByRole('row', { name: /Filed, Ada/ })).toContainText('Gina Filed (614) 555-0100')
  await page.getByRole('button', { name: 'Columns, export and print' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
  const { createReadStream } = await import('node:fs')
  let text = ''
  for await (const chunk of createReadStream(await (await download).path())) text += String(chunk)
  expect(text).toContain('Guardian 1 name')
  expect(text).toContain('"Filed, Gina",Mother,(614) 555-0100,gina@home.example')
  expect(text).not.toContain('Zorro')
})

test('a viewer is offered neither sheet, and refused its address @full', async ({ page, otherPage }) => {
  const classId = await classNamed(page, 'Chemistry 11A')
  await signIn(otherPage.context(), site.url, vic)
  await otherPage.goto(`${site.url}/northgate/classes/${classId}`)
  await expect(otherPage.getByRole('link', { name: 'Print roster' })).toBeVisible()
  await expect(otherPage.getByRole('link', { name: 'Emergency sheet' })).toHaveCount(0)
  await otherPage.goto(`${site.url}/northgate/classes/${classId}/emergency`)
  await expect(otherPage.getByText('Your role in this school does not allow this')).toBeVisible()
})
