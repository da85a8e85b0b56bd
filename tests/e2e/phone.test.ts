import { ann } from './people.ts'
import { expect, refusals, signIn, studentRow, test } from './test.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test.beforeEach(async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
})

test('on a phone one filters, opens, edits and saves', async ({ page }) => {
  await expect(page.getByRole('row', { name: /Abara, Amara/ })).toContainText('S-1001Grade 7Active')
  await page.getByRole('button', { name: 'Filters' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await sheet.getByLabel('Grade').selectOption('Grade 11')
  await sheet.getByRole('button', { name: 'Show students' }).tap()
  await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeVisible()
  await studentRow(page, 'Petrov, Rosa').tap()
  const record = page.getByRole('dialog', { name: 'Rosa Petrov' })
  await record.getByRole('link', { name: 'Edit' }).tap()
  await page.getByLabel('Middle name').fill('Ilona')
  await page.getByRole('button', { name: 'Save changes' }).tap()
  await expect(page.getByRole('heading', { name: 'Rosa Ilona Petrov' })).toBeVisible()
})

test('on a phone every list has its filters in a sheet, and the hint of its search is whole @full', async ({
  page,
  site,
}) => {
  for (const path of ['students', 'instructors', 'courses', 'guardians']) {
    await page.goto(`${site.url}/northgate/${path}`)
    const isWhole = () =>
      page.getByRole('searchbox').evaluate((field: HTMLInputElement) => {
        const { fontFamily } = getComputedStyle(field)
        const { paddingLeft, paddingRight } = getComputedStyle(field)
        const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D
        context.font = `${getComputedStyle(field, '::placeholder').fontSize} ${fontFamily}`
        const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
        return context.measureText(field.placeholder).width <= room
      })
    await expect.poll(isWhole, { message: path }).toBe(true)
  }
  await page.goto(`${site.url}/northgate/rooms`)
  await page.getByRole('button', { name: 'Filters' }).tap()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await sheet.getByLabel('Shown').selectOption('Archived')
  await sheet.getByRole('button', { name: 'Show the list' }).tap()
  await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeVisible()
  await expect(page).toHaveURL(/archived=yes/)
})

test('on a phone the places are behind the menu, and nothing is wider than the screen @full', async ({ page }) => {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Menu' }).tap()
  await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Classes' }).tap()
  await page.getByRole('link', { name: 'Biology 10B' }).tap()
  await expect(page.getByRole('table', { name: 'Students in this class' })).toBeVisible()
  expect(await overflow()).toBeLessThanOrEqual(0)
})

test('everything to tap on a phone is at least 44 pixels high', async ({ page }) => {
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, main a.mantine-Button-root, tbody tr:not([aria-hidden])')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML.slice(0, 120)),
  )
  expect(small).toEqual([])
})

test.describe('with little height', () => {
  test.use({ viewport: { width: 390, height: 760 }, expectedErrors: refusals })

  test('a refused save brings the first field in error into sight, whole and clear of the buttons @full', async ({
    page,
    site,
  }) => {
    await page.goto(`${site.url}/northgate/students/new`)
    await page.getByLabel('Given name').fill('Uma')
    await page.getByLabel('Family name').fill('Santos')
    const save = page.getByRole('button', { name: 'Add student' })
    const isInSight = async (label: string, sentence: string) => {
      await expect(page.getByLabel(label)).toBeFocused()
      const [bar, end] = [page.getByRole('banner'), page.locator('.form > .form-end')]
      await expect(async () => {
        const [above, below] = [await bar.boundingBox(), await end.boundingBox()]
        const name = await page.locator('label', { hasText: label }).boundingBox()
        const error = await page.locator('.mantine-InputWrapper-error', { hasText: sentence }).boundingBox()
        expect(name?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0))
        expect((error?.y ?? 999) + (error?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0)
      }).toPass()
    }
    await page.getByLabel('Email').fill('nope')
    await page.locator('.page .form').evaluate((form) => form.closest('main')?.scrollTo(0, 9_999))
    await save.tap()
    await isInSight('Email', 'Enter an email address')

    await page.getByLabel('Email').fill('')
    await page.getByLabel('Student number').fill('S-1001')
    await save.tap()
    await isInSight('Student number', 'Another student has this number')
  })
})
