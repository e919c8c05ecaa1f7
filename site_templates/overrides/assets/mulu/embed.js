// A catalog table inside an existing column page, without an iframe and without a style that leaks either way:
//   <div data-mulu-catalog="project"><a href="/zwgk/mulu/catalog/project.html">重大建设项目标准目录</a></div>
//   <script src="/zwgk/mulu/assets/mulu/embed.js" defer></script>
// Where anything fails, the link that stands there stays.
(() => {
  const site = new URL("../../", document.currentScript.src)
  const fill = async place => {
    const address = new URL(`embed/${encodeURIComponent(place.dataset.muluCatalog)}.html`, site)
    const answer = await fetch(address)
    if (!answer.ok) throw new Error(`${answer.status} ${address}`)
    const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main")
    for (const link of main.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address).href
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("assets/mulu/inside.css", site).href })
    const shown = place.attachShadow({ mode: "open" })
    shown.append(sheet, main)
  }
  for (const place of document.querySelectorAll("[data-mulu-catalog]")) fill(place).catch(failed => console.warn(failed.message))
})()
