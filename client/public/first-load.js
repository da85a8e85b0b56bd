/**
 * Runs before anything else of the page. While a new version is being installed, a server of the other version may be asked
 * for a file of this one and not have it: it is asked for again, for another server may. Not part of the build's graph, under
 * the same name in every version, and without words: those are in index.html.
 */
;(() => {
  const triesMax = 7
  const reloadsMax = 3
  const reloads = 'homeroom.first-loads'
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms * (0.75 + Math.random() / 2)))
  const all = (selector) => [...document.querySelectorAll(selector)]
  const show = () => {
    document.getElementById('installing').hidden = false
  }

  /** Files have a hash in their name: what came once stays in the browser's cache. */
  async function fetched(address) {
    for (let tries = 0; tries < triesMax; tries++) {
      const answer = await fetch(address).catch(() => undefined)
      if (answer?.ok) return true
      await pause(150 * 2 ** tries)
    }
    return false
  }

  /** This version may be gone from every server. Not in a circle: three times in ten minutes, then it is up to the person. */
  function loadAgain() {
    const now = Date.now()
    try {
      const recent = JSON.parse(sessionStorage.getItem(reloads) ?? '[]').filter((at) => now - at < 600_000)
      if (recent.length >= reloadsMax) return
      sessionStorage.setItem(reloads, JSON.stringify([...recent, now]))
      location.reload()
    } catch {
      // Where the browser keeps nothing, nobody counts: the person loads the page again.
    }
  }

  async function mend() {
    const late = setTimeout(show, 1000)
    const entry = document.querySelector('script[type=module]')
    const styles = all('link[rel=stylesheet]').filter(({ sheet }) => !sheet)
    const addresses = [entry.src, ...all('link[rel=modulepreload], link[rel=stylesheet]').map(({ href }) => href)]
    try {
      if (!(await Promise.all(addresses.map(fetched))).every(Boolean)) throw new Error('gone')
      for (const style of styles) {
        style.remove()
        document.head.append(style.cloneNode())
      }
      await import(entry.src)
      clearTimeout(late)
      document.getElementById('installing').hidden = true
    } catch {
      show()
      loadAgain()
    }
  }

  let isMending = false
  const failed = ({ target }) => {
    if (isMending || !(target instanceof Element) || !target.matches('script[type=module], link[rel=stylesheet]'))
      return
    isMending = true
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', mend)
    else void mend()
  }
  addEventListener('error', failed, true)
  // From then on, the page itself sees to its parts.
  addEventListener('load', () => setTimeout(() => removeEventListener('error', failed, true)))
})()
