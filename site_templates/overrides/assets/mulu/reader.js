// How a reader wants the pages: 长者模式 (remembered), print, and 自助机 (kiosk). A classic script, so that it works from a copied folder too.
(() => {
  const root = document.documentElement
  const home = new URL(document.currentScript.dataset.root, location.href)
  const store = kind => ({
    get: key => { try { return window[kind].getItem(key) } catch { return null } },
    set: (key, value) => { try { value === null ? window[kind].removeItem(key) : window[kind].setItem(key, value) } catch { /* forgotten, no worse */ } },
  })
  const remembered = store("localStorage"), session = store("sessionStorage")
  const elder = on => {
    root.toggleAttribute("data-mulu-elder", on)
    for (const button of document.querySelectorAll("[data-mulu-elder]:not(html)")) button.setAttribute("aria-pressed", on)
  }
  elder(remembered.get("mulu-elder") === "1")

  // ?kiosk=90 on any page: big targets, no way out, back to the start after 90 seconds without a touch; ?kiosk=0 ends it.
  const asked = new URLSearchParams(location.search).get("kiosk")
  if (asked !== null && /^\d{1,4}$/.test(asked)) session.set("mulu-kiosk", Number(asked) > 0 ? asked : null)
  const seconds = Number(asked !== null && /^\d{1,4}$/.test(asked) ? asked : session.get("mulu-kiosk")) || 0
  if (seconds) kiosk(seconds)

  function kiosk(seconds) {
    root.setAttribute("data-mulu-kiosk", "")
    const start = new URL(home); start.search = `?kiosk=${seconds}`
    let idle
    const wait = () => {
      clearTimeout(idle)
      idle = setTimeout(() => { remembered.set("mulu-elder", null); location.replace(start) }, seconds * 1000)
    }
    for (const touched of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(touched, wait, { passive: true, capture: true })
    wait()
    addEventListener("contextmenu", event => event.preventDefault())
    const inside = new URL(".", home).href
    addEventListener("DOMContentLoaded", () => {
      for (const link of document.querySelectorAll("a[href]")) {
        if (link.href.startsWith(inside) && !link.hasAttribute("download")) link.removeAttribute("target")
        else link.removeAttribute("href") // what it says stays readable; nobody can be led away or start another program
      }
    })
    addEventListener("click", event => { // links that scripts add later
      const link = event.target.closest?.("a[href]")
      if (link && !link.href.startsWith(inside)) event.preventDefault()
    }, true)
    addEventListener("submit", event => { if (!event.target.action.startsWith(inside)) event.preventDefault() }, true)
  }

  addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-mulu-elder]:not(html)")) {
      button.hidden = false
      button.setAttribute("aria-pressed", root.hasAttribute("data-mulu-elder"))
      button.addEventListener("click", () => {
        const on = !root.hasAttribute("data-mulu-elder")
        elder(on)
        remembered.set("mulu-elder", on ? "1" : null)
      })
    }
    if (seconds) return
    for (const button of document.querySelectorAll("[data-mulu-print]")) {
      button.hidden = false
      button.addEventListener("click", () => print())
    }
  })
})()
