/** What a person does on a page, by the words that she reads there. */
import type { Driver } from './driver.ts'
import { eventually } from './driver.ts'

/** WebDriver's name for a reference to an element. */
const reference = 'element-6066-11e4-a52e-4f735466cecf'
type Found = Record<typeof reference, string> | null

/** Runs in the page: the first element in sight of that role and name. */
const finding = `
  const [role, name] = arguments
  const selectors = { button: 'button', link: 'a[href]', option: '[role=option]', menuitem: '[role=menuitem]', heading: 'h1,h2', field: 'input,textarea,select' }
  const plain = (text) => (text ?? '').replace(/\\s+/g, ' ').trim()
  const nameOf = (element) => plain(element.getAttribute('aria-label') ??
    (role === 'field' ? [...(element.labels ?? [])].map((label) => label.textContent).join(' ') : element.textContent))
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]')
  const all = [...document.querySelectorAll(selectors[role])].filter(isSeen)
  return all.find((element) => nameOf(element) === name) ?? all.find((element) => nameOf(element).startsWith(name)) ?? null
`
export type Role = 'button' | 'link' | 'option' | 'menuitem' | 'heading' | 'field'

export class PageOf {
  readonly #driver: Driver

  constructor(driver: Driver) {
    this.#driver = driver
  }

  async open(url: string): Promise<void> {
    await this.#driver.send('WebDriver:Navigate', { url })
  }

  run<T>(script: string, ...args: unknown[]): Promise<T> {
    return this.#driver.send('WebDriver:ExecuteScript', { script, args }) as Promise<T>
  }

  async #find(role: Role, name: string): Promise<string | undefined> {
    const found = await this.run<Found>(finding, role, name).catch(() => null)
    return found?.[reference]
  }

  see = (role: Role, name: string): Promise<string> => eventually(`${role} "${name}"`, () => this.#find(role, name))

  async lacks(role: Role, name: string): Promise<void> {
    await eventually(`page without ${role} "${name}"`, async () => ((await this.#find(role, name)) ? undefined : true))
  }

  async says(text: string): Promise<void> {
    await eventually(`"${text}"`, async () =>
      (await this.run<boolean>('return document.body.innerText.includes(arguments[0])', text)) ? true : undefined,
    )
  }

  /** A click that comes while the element moves or is covered for a moment is tried again. */
  async press(role: Role, name: string): Promise<void> {
    await eventually(`${role} "${name}" to press`, async () => {
      const id = await this.#find(role, name)
      if (!id) return undefined
      return this.#driver.send('WebDriver:ElementClick', { id }).then(
        () => true,
        (error) => (/intercepted|not interactable|stale/.test(error.message) ? undefined : Promise.reject(error)),
      )
    })
  }

  async type(field: string, text: string): Promise<void> {
    const id = await this.see('field', field)
    await this.#driver.send('WebDriver:ElementSendKeys', { id, text })
  }

  async picture(): Promise<Buffer> {
    return Buffer.from((await this.#driver.send('WebDriver:TakeScreenshot')) as string, 'base64')
  }
}
