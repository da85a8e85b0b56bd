import type { Page } from '@playwright/test'
import { checkAccess, checkAccessInFull } from './check-access.ts'
import { ann, ida } from './people.ts'
import { ask, expect, ownSite, refusals, signIn, studentRow, test } from './test.ts'

const site = ownSite()
test.beforeEach(async ({ page }) => {
  await signIn(page.context(), site.url, ann)
})

const studentNamed = async (page: Page, search: string) =>
  (await ask<{ rows: { id: string; version: number }[] }>(page, site.url, 'students.list', { search })).rows[0]

/** A large picture, as the browser itself makes one. */
const picture = async (page: Page, color: string) =>
  Buffer.from(
    await page.evaluate(async (fill) => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: 1_500, height: 2_000 })
      const context = canvas.getContext('2d')
      if (context) {
        context.fillStyle = fill
        context.fillRect(0, 0, 1_500, 2_000)
      }
      return canvas.toDataURL('image/png').split(',')[1] ?? ''
    }, color),
    'base64',
  )

async function choose(page: Page, color: string) {
  const buffer = await picture(page, color)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('dialog').getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles({ name: 'face.png', mimeType: 'image/png', buffer })
  await expect(page.getByRole('dialog').getByRole('img', { name: 'As it will be kept' })).toBeVisible()
}

test('a student gets a photo from a file; it stands on the page, beside the list, on the roster and on the sheet', async ({
  page,
}) => {
  const { id = '' } = (await studentNamed(page, 'abara')) ?? {}
  await page.goto(`${site.url}/northgate/students/${id}`)
  await page.getByRole('button', { name: 'Add a photo of Amara Abara' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save photo' }).click()
  await expect(page.getByText('Choose a picture first.')).toBeVisible()
  await choose(page, '#336699')
  await checkAccess(page, 'a photo to be saved')
  await page.getByRole('dialog').getByRole('button', { name: 'Save photo' }).click()
  await expect(page.getByText('The photo of Amara Abara is saved')).toBeVisible()
  const shown = page.locator('.avatar img').first()
  await expect
    .poll(() => shown.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]))
    .toEqual([480, 640])
  const answer = await page.request.get(String(await shown.evaluate((img: HTMLImageElement) => img.src)))
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=300',
    'x-content-type-options': 'nosniff',
  })
  await page.goto(`${site.url}/northgate/students#q=abara`)
  await studentRow(page, 'Abara, Amara').click()
  await expect(page.getByRole('complementary').locator('.avatar img')).toBeVisible()

  const classes = await ask<{ rows: { id: string; title: string }[] }>(page, site.url, 'classes.list', {})
  const classId = classes.rows.find(({ title }) => title === 'Chemistry 11A')?.id ?? ''
  await ask(page, site.url, 'classes.enroll', { classId, studentIds: [id] })
  await page.goto(`${site.url}/northgate/classes/${classId}`)
  await expect(page.getByRole('row', { name: /Abara, Amara/ }).locator('.avatar img')).toBeVisible()
  await page.getByRole('link', { name: 'Photo sheet' }).click()
  await expect(page.getByRole('heading', { name: 'Photo sheet: Chemistry 11A' })).toBeVisible()
  const face = page.getByRole('list', { name: 'Photo sheet: Chemistry 11A' }).getByRole('listitem')
  await expect(face.filter({ hasText: 'Amara Abara' }).locator('img')).toBeVisible()
  await expect(page.getByText(/without a photo/)).toBeVisible()
  await checkAccessInFull(page, 'a photo sheet')
})

test('a photo is changed by pasting and dropping, removed, and taken back; what is no picture is said @full', async ({
  page,
}) => {
  const { id = '' } = (await studentNamed(page, 'bianchi')) ?? {}
  await page.goto(`${site.url}/northgate/students/${id}`)
  await page.getByRole('button', { name: 'Add a photo of Bo Bianchi' }).click()
  const dialog = page.getByRole('dialog')
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a file' }).click()
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  await (await chooser).setFiles({ name: 'x.svg', mimeType: 'image/svg+xml', buffer: svg })
  await expect(dialog.getByText('This file is no picture that this browser can read')).toBeVisible()
  const bytes = (await picture(page, '#aa3333')).toString('base64')
  await page.evaluate((content) => {
    const file = new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], 'p.png', {
      type: 'image/png',
    })
    const clipboardData = new DataTransfer()
    clipboardData.items.add(file)
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, bytes)
  await expect(dialog.getByRole('img', { name: 'As it will be kept' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Save photo' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Change the photo of Bo Bianchi' }).click()
  await dialog.getByRole('button', { name: 'Remove photo' }).click()
  await expect(page.getByText('The photo of Bo Bianchi is removed')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add a photo of Bo Bianchi' })).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Change the photo of Bo Bianchi' })).toBeVisible()
})

test.describe('of students whom somebody may not see', () => {
  test.use({ expectedErrors: refusals })
  test('a photo is not there, signed out neither', async ({ page, otherPage, browser }) => {
    const { id = '', version = 0 } = (await studentNamed(page, 'ueda')) ?? {}
    await page.goto(`${site.url}/northgate/home`)
    const content = await page.evaluate(async () => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: 60, height: 80 })
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
    })
    const { hash } = await ask<{ hash: string }>(page, site.url, 'photos.upload', { studentId: id, content })
    await ask(page, site.url, 'photos.set', { id, version, photo: hash })
    const address = `${site.url}/photo/northgate/${id}/${hash}`
    const statusIn = async (one: Page) => (await one.request.get(address)).status()
    expect(await statusIn(page)).toBe(200)
    await signIn(otherPage.context(), site.url, ida)
    expect([200, 404]).toContain(await statusIn(otherPage))
    const nobody = await browser.newContext()
    expect((await nobody.request.get(address)).status()).toBe(404)
    await nobody.close()
    expect((await page.request.get(address.replace('northgate', 'elsewhere'))).status()).toBe(404)
    expect((await page.request.get(address, { headers: { 'sec-fetch-site': 'cross-site' } })).status()).toBe(403)
  })
})
