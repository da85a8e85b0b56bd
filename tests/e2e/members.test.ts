import type { Page } from '@playwright/test'
import { v7 } from 'uuid'
import { Sqlite } from '../../db/sqlite-driver.ts'
import { checkAccessInFull } from './check-access.ts'
import { ann, ben, nia, password, vic } from './people.ts'
import type { Site } from './test.ts'
import { test as base, expect, refusals, signIn, startSite } from './test.ts'

/** A server of their own: roles and passwords are not what other tests expect any more. */
const test = base.extend<object, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const site = await startSite('small')
      await use(site)
      await site.done()
    },
    { scope: 'worker' },
  ],
})

test.use({ expectedErrors: refusals })

const secret = 'geese fly over the hill'

const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })
const openMember = async (page: Page, url: string, name: string) => {
  await page.goto(`${url}/northgate/members`)
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()
}
/** What other screens are for, without them. */
async function call(page: Page, url: string, procedure: string, data: object) {
  const headers = { origin: url, 'x-school': 'northgate', 'idempotency-key': v7() }
  const answer = await page.request.post(`${url}/trpc/${procedure}`, { headers, data })
  expect(answer.status()).toBe(200)
  return (await answer.json()).result.data
}
/** Pat Reed, who teaches Chemistry. */
async function addInstructor(page: Page, url: string) {
  const { id: instructorId } = await call(page, url, 'instructors.create', { givenName: 'Pat', familyName: 'Reed' })
  const { rows } = await call(page, url, 'classes.list', {})
  const classId = rows.find(({ title }: { title: string }) => title === 'Chemistry 11A').id
  await call(page, url, 'classInstructors.create', { classId, instructorId })
  await page.goto(`${url}/northgate/students`)
}
async function accept(page: Page, link: string) {
  await page.goto(link)
  await page.getByRole('textbox', { name: 'Password' }).fill(secret)
  await page.getByRole('button', { name: 'Set password and come in' }).click()
}

test('an invitation lets an instructor in who sees only their own classes, and its link works once', async ({
  page,
  otherPage,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await addInstructor(page, site.url)
  await place(page, 'People and roles').click()
  await page.getByRole('link', { name: 'Invite a person' }).click()
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(page.getByText('Enter a name').first()).toBeVisible()
  await checkAccessInFull(page, 'invite, refused')
  await page.getByLabel('Instructor').selectOption({ label: 'Reed, Pat' })
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Pat Reed')
  await page.getByLabel('Email').fill('pat@school.example')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Hand this link to Pat Reed' })).toBeFocused()
  await checkAccessInFull(page, 'the link')
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  expect(link).toMatch(/^http:.+\/join#t=[\w-]{43}$/)
  await page.getByRole('link', { name: 'Go to their page' }).click()
  await expect(page.getByText('Invited; the link works until')).toBeVisible()
  await expect(page.getByText(link.slice(-20))).toHaveCount(0)

  await otherPage.goto(link)
  await expect(otherPage.getByText('Northgate has invited you')).toBeVisible()
  await checkAccessInFull(otherPage, 'join')
  await otherPage.getByRole('textbox', { name: 'Password' }).fill('short')
  await otherPage.getByRole('button', { name: 'Set password and come in' }).click()
  await expect(otherPage.getByText('Enter at least 12 characters')).toBeVisible()
  await otherPage.getByRole('textbox', { name: 'Password' }).fill(secret)
  await otherPage.getByRole('button', { name: 'Set password and come in' }).click()
  await place(otherPage, 'Classes').click()
  await expect(otherPage.getByRole('table').getByRole('link')).toHaveText(['Chemistry 11A'])
  await place(otherPage, 'Students').click()
  await expect(otherPage.getByRole('table').getByRole('link')).toHaveText(['Öberg, Dilnoza'])
  await expect(place(otherPage, 'People and roles')).toHaveCount(0)

  await otherPage.goto(link)
  await expect(otherPage.getByRole('heading', { name: 'This link cannot be used' })).toBeVisible()
  await checkAccessInFull(otherPage, 'a used link')
})

test('somebody with an account joins another school by its link, with the password she has and a new one @full', async ({
  page,
  otherPage,
  site,
}) => {
  const kim = { name: 'Kim Vance', email: 'kim@school.example' }
  await signIn(page.context(), site.url, ann)
  const { link: first } = await call(page, site.url, 'members.invite', { ...kim, role: 'viewer' })
  await accept(otherPage, `${site.url}/join#t=${first.token}`)
  await expect(place(otherPage, 'Students')).toBeVisible()

  await page.goto(`${site.url}/southfield/members/new`)
  await page.getByLabel('Role').selectOption('Viewer')
  await page.getByLabel('Name', { exact: true }).fill('K. Vance')
  await page.getByLabel('Email').fill(kim.email)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Hand this link to K. Vance' })).toBeFocused()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.getByRole('link', { name: 'Go to their page' }).click()
  await expect(page.getByText('This person sees nothing of the school until')).toBeVisible()
  await checkAccessInFull(page, 'a person who has not joined')
  await otherPage.goto(`${site.url}/southfield/students`)
  await expect(otherPage.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()

  await otherPage.goto(link)
  await expect(otherPage.getByText('K. Vance, Southfield has invited you')).toBeVisible()
  await otherPage.getByRole('textbox', { name: 'Password' }).fill('ducks walk under the bridge')
  await otherPage.getByRole('button', { name: 'Set password and come in' }).click()
  await expect(otherPage.getByText('An account with this email address exists already')).toBeVisible()
  await expect(otherPage.getByRole('textbox', { name: 'Password you sign in with' })).toBeFocused()
  await checkAccessInFull(otherPage, 'joining with an account')
  await otherPage.getByRole('textbox', { name: 'Password you sign in with' }).fill(secret)
  await otherPage.getByRole('textbox', { name: 'New password' }).fill('')
  await otherPage.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(otherPage.getByText('Somebody else may know the present password')).toBeVisible()
  await otherPage.getByRole('textbox', { name: 'New password' }).fill('ducks walk under the bridge')
  await otherPage.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(place(otherPage, 'Students')).toBeVisible()
  await otherPage.goto(`${site.url}/southfield/students`)
  await expect(place(otherPage, 'Students')).toBeVisible()

  await page.goto(`${site.url}/southfield/members/new`)
  await page.getByLabel('Name', { exact: true }).fill('K. Vance')
  await page.getByLabel('Email').fill(kim.email)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(page.getByLabel('Email')).toBeFocused()
  await expect(page.getByText('This person belongs to this school already').first()).toBeVisible()
})

test('an administrator’s word counts with the next click in the other browser: a role, and the end of a session', async ({
  page,
  otherPage,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await signIn(otherPage.context(), site.url, vic)
  await otherPage.goto(`${site.url}/northgate/students`)
  await expect(place(otherPage, 'Students')).toBeVisible()
  await openMember(page, site.url, 'Vic Moss')
  await page.getByLabel('Role').selectOption('Administrator')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved Vic Moss')).toBeVisible()
  await place(otherPage, 'Classes').click()
  await place(otherPage, 'People and roles').click()
  await expect(otherPage.getByRole('table', { name: /People who belong/ })).toContainText('Ann Lee')

  await page.getByLabel('Role').selectOption('Viewer')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled()
  await otherPage.getByRole('link', { name: 'Ben Okoro' }).click()
  await expect(otherPage.getByText('Your role in this school does not allow this')).toBeVisible()
  await expect(place(otherPage, 'People and roles')).toHaveCount(0)

  await page.reload()
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByText('Signed in nowhere')).toBeVisible()
  // Its stream may have told it of the end before this click, and the cover lies over it then.
  await otherPage.locator('nav a[href="/northgate/classes"]').dispatchEvent('click')
  await expect(otherPage.getByRole('dialog', { name: 'Sign in to go on' })).toBeVisible()
})

/** As if everybody had signed in so many minutes earlier. */
function signedInEarlier({ databaseUrl }: Site, minutes: number): void {
  const database = new Sqlite(databaseUrl.slice('file:'.length))
  database.prepare('update sessions set created_at = created_at - ?').run(minutes * 60_000)
  database.close()
}

test('long after signing in, a role is given only with the password', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await openMember(page, site.url, 'Vic Moss')
  signedInEarlier(site, 11)
  await page.getByLabel('Role').selectOption('Registrar')
  await page.getByRole('button', { name: 'Save changes' }).click()
  const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(question).toContainText('Type the password of Ann Lee')
  await checkAccessInFull(page, 'typing the password again')
  await question.getByRole('button', { name: 'Leave it as it is' }).click()
  await expect(page.locator('.toasts')).toContainText('Nothing was changed')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByLabel('Role')).toHaveValue('registrar')

  await page.getByRole('button', { name: 'Save changes' }).click()
  await question.getByRole('textbox', { name: 'Password' }).fill(password)
  await question.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('Saved Vic Moss')).toBeVisible()
  await expect(question).toHaveCount(0)
  await page.getByLabel('Role').selectOption('Viewer')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeDisabled()
})

test('an administrator takes a member out, who can sign out then, and lets them in again @full', async ({
  page,
  otherPage,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await signIn(otherPage.context(), site.url, nia)
  await openMember(page, site.url, 'Nia Ward')
  await page.getByRole('button', { name: 'Remove from school' }).click()
  await expect(page.getByText('This person finds the school gone')).toBeVisible()
  await otherPage.goto(`${site.url}/`)
  await expect(otherPage.getByRole('heading', { name: 'You do not belong to a school yet' })).toBeVisible()
  await otherPage.getByRole('button', { name: 'Sign out' }).click()
  await expect(otherPage.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.goto(`${site.url}/northgate/members?shown=removed`)
  await page.getByRole('link', { name: 'Nia Ward' }).click()
  await page.getByRole('button', { name: 'Let in again' }).click()
  await expect(page.getByText('Nia Ward belongs to this school again')).toBeVisible()
})

test('an account is disabled and enabled, and the register keeps an owner @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await openMember(page, site.url, 'Vic Moss')
  await page.getByRole('button', { name: 'Disable account' }).click()
  await expect(page.getByText('This account is disabled and cannot sign in, in any school')).toBeVisible()
  await checkAccessInFull(page, 'a disabled account')
  await page.getByRole('button', { name: 'Enable account' }).click()
  await expect(page.getByText('Vic Moss can sign in again')).toBeVisible()
  await page.getByRole('button', { name: 'Make an owner of the register' }).click()
  await expect(page.getByText('Somebody else may know the password of this person')).toBeVisible()
  await openMember(page, site.url, 'Ann Lee')
  await expect(page.getByText('Owns this register')).toBeVisible()
  await page.getByRole('button', { name: 'Give up owning the register' }).click()
  await expect(page.getByText('Nobody else owns this register')).toBeVisible()
})

test('removing oneself asks first, and the last administrator stays @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await openMember(page, site.url, 'Ann Lee')
  await page.getByRole('button', { name: 'Remove from school' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove yourself from this school?' })
  await checkAccessInFull(page, 'removing oneself')
  await dialog.getByRole('button', { name: 'Remove myself' }).click()
  await expect(page.getByText('This is the last administrator')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Ann Lee' })).toBeVisible()
})

test('one’s own account lists where one is signed in, ends that, and changes the password', async ({
  page,
  otherPage,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await openMember(page, site.url, 'Nia Ward')
  await page.getByRole('button', { name: 'Make a link for a new password' }).click()
  await accept(otherPage, await page.getByRole('textbox', { name: 'Link' }).inputValue())
  await otherPage.getByRole('button', { name: `Account of ${nia.name}` }).click()
  await otherPage.getByRole('menuitem', { name: 'Your account' }).click()
  await expect(otherPage.getByRole('heading', { name: 'Your account' })).toBeVisible()
  await expect(otherPage.getByText('This browser')).toBeVisible()

  await page.context().clearCookies()
  await page.goto(`${site.url}/sign-in`)
  await page.getByLabel('Email').fill(nia.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('button', { name: `Account of ${nia.name}` })).toBeVisible()

  await otherPage.reload()
  await expect(otherPage.getByText('This browser')).toBeVisible()
  await checkAccessInFull(otherPage, 'account')
  await otherPage.getByRole('button', { name: /^Sign out Chrome on/ }).click()
  await expect(otherPage.getByText('That session is signed out')).toBeVisible()
  await expect(otherPage.getByRole('button', { name: /^Sign out Chrome on/ })).toHaveCount(0)
  await place(page, 'Classes').click()
  await expect(page.getByRole('dialog', { name: 'Sign in to go on' })).toBeVisible()

  await otherPage.getByLabel('Current password').fill('not the password')
  await otherPage.getByRole('textbox', { name: 'New password' }).fill('ducks walk under the bridge')
  await otherPage.getByRole('button', { name: 'Change password' }).click()
  await expect(otherPage.getByText('This is not your current password')).toBeVisible()
  await expect(otherPage.getByRole('textbox', { name: 'Current password' })).toBeFocused()
  await otherPage.getByRole('textbox', { name: 'Current password' }).fill(secret)
  await otherPage.getByRole('button', { name: 'Change password' }).click()
  await expect(otherPage.getByText('Your password is changed')).toBeVisible()
})

test('an administrator sees what runs, what was asked of it in the last hour, and the database', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ben)
  await page.goto(`${site.url}/northgate/members`)
  await expect(place(page, 'Students')).toBeVisible()
  await expect(place(page, 'System')).toHaveCount(0)

  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/members`)
  await place(page, 'System').click()
  const processes = page.getByRole('table', { name: /^Processes that serve/ })
  await expect(processes.getByRole('row').filter({ hasText: 'Serving' })).toHaveCount(1)
  await expect(processes.getByRole('row').filter({ hasText: 'north-1' })).toContainText('Gone')
  const asked = page.getByRole('table', { name: /^What was asked/ }).getByRole('row')
  await expect(asked.filter({ hasText: 'students.list' })).toContainText(/200? ms|1\d\d ms/)
  await expect(page.getByText(/calls, 1 failed/)).toBeVisible()
  await expect(page.getByRole('img', { name: /^Calls per minute: / })).toBeVisible()
  const steps = page.getByRole('table', { name: /^Steps of the schema/ })
  await expect(steps).not.toContainText('0000_register')
  await page.getByRole('button', { name: /^Show all \d+ steps$/ }).click()
  await expect(steps).toContainText('0000_register')
  await expect(page.getByText('Most schools never need to move')).toBeVisible()
  await checkAccessInFull(page, 'system')

  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await checkAccessInFull(page, 'system on a phone')
})

test('the office answers who can see a student @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, ben)
  await page.goto(`${site.url}/northgate/students?q=abara`)
  await page.getByRole('table').getByRole('link', { name: 'Abara, Amara' }).click()
  await page.getByRole('link', { name: 'Open page' }).click()
  await page.getByRole('button', { name: 'Who can see this student?' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who can see this student' })
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Ida Holm' })).toContainText('teaches Biology 10B')
  await expect(dialog.getByText('Nia Ward')).toHaveCount(0)
  await checkAccessInFull(page, 'who can see a student')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('people, a person and the account fit, and can be tapped @full', async ({ page, site }) => {
    await signIn(page.context(), site.url, ann)
    for (const path of ['members', 'members/new', 'account']) {
      await page.goto(`${site.url}/northgate/${path}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await checkAccessInFull(page, path)
    }
    await openMember(page, site.url, 'Ida Holm')
    await checkAccessInFull(page, 'a person')
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('main button, main select, main input, main a.mantine-Button-root')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
        .map((element) => element.outerHTML.slice(0, 120)),
    )
    expect(small).toEqual([])
  })
})
