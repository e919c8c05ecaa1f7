// 政策找人: what a reader chose against the audiences in use; only the rows of fitting audiences are loaded. Without it, lists by option.
import { asked, choice, element, line, load, remember } from "./lists.js"

const SHOWN = 100
const box = document.querySelector("[data-mulu-policy]")

function policy(tags) {
  const keys = tags.dimensions.map(each => each.key)
  const whoOf = Object.fromEntries(tags.dimensions.flatMap(each => each.options.map(option => [`${each.key}-${option.code}`, option.who])))
  const given = asked()
  const state = Object.fromEntries(keys.map(key => [key, given[key] ?? ""]))
  const form = box.querySelector("[data-mulu-choices]")
  const said = box.querySelector("[data-mulu-said]")
  const implied = chosen => keys.map(key => chosen[key] && whoOf[`${key}-${chosen[key]}`]).find(Boolean)
  const fits = (audience, chosen) => {
    const told = { ...chosen, who: implied(chosen) || chosen.who }
    return keys.every(key => !told[key] || !audience[key] || audience[key].includes(told[key]))
  }
  const used = (key, code) => key === "who" || tags.sets.some(set => set.audience[key]?.includes(code))

  const nameOf = Object.fromEntries(tags.dimensions.flatMap(each => each.options.map(option => [`${each.key}-${option.code}`, option.name])))
  const words = parts => `“${parts.map(part => nameOf[part]).join("、")}”`

  // The feed of the choice; where a choice has none of its own, the narrowest one that leaves nothing out.
  function feed() {
    const chosen = keys.filter(key => state[key] && (key !== "who" || !implied(state))).map(key => `${key}-${state[key]}`)
    const exact = chosen.join(".")
    if (tags.feeds.includes(exact)) return [exact, `订阅${words(chosen)}：`]
    const parsed = name => Object.fromEntries(name.split(".").map(part => [part.slice(0, part.indexOf("-")), part.slice(part.indexOf("-") + 1)]))
    const size = name => tags.sets.reduce((sum, set) => sum + (fits(set.audience, parsed(name)) ? set.count : 0), 0)
    const wider = tags.feeds.filter(name => name.split(".").every(part => chosen.includes(part)))
    const nearest = wider.sort((a, b) => size(a) - size(b) || b.length - a.length)[0]
    const more = size(nearest) - size(exact)
    return [nearest, `${words(chosen)}没有单独的订阅。范围最接近的是${words(nearest.split("."))}，不会漏掉${more ? `，现在比这里多 ${more} 条` : ""}：`]
  }

  function options(key, dimension) {
    const who = state.who
    return dimension.options.filter(option => used(key, option.code) && (!who || !option.who || option.who === who)).map(option => [option.code, option.name])
  }

  function draw() {
    const offered = tags.dimensions.map(each => [each, options(each.key, each)])
    for (const [each, listed] of offered) if (!listed.some(([code]) => code === state[each.key])) state[each.key] = ""
    form.replaceChildren(...offered.filter(([, listed]) => listed.length).map(([each, listed]) => choice(each.name, each.key, listed, state[each.key])))
  }

  let turn = 0
  async function show() {
    const own = ++turn
    remember(state)
    const any = keys.some(key => state[key])
    box.querySelector("[data-mulu-found]").hidden = !any
    if (!any) return
    try {
      const sets = tags.sets.filter(set => fits(set.audience, state))
      const rows = (await Promise.all(sets.map(set => load(set.rows)))).flatMap(each => each.rows)
      if (own !== turn) return
      rows.sort((a, b) => b[3].localeCompare(a[3]) || b[0].localeCompare(a[0]))
      const count = sets.reduce((sum, set) => sum + set.count, 0)
      said.textContent = count ? `共 ${count} 条${count > SHOWN ? `，列出最近 ${SHOWN} 条` : ""}` : "还没有写明适用于这种情况的政策和服务，可以少选一项。"
      box.querySelector("[data-mulu-rows]").replaceChildren(...rows.slice(0, SHOWN).map(([id, title, number, published, kind, department]) =>
        line(`../items/${id}.html`, title, [kind, number, department], published)))
      const [name, about] = feed()
      const address = new URL(`../feeds/for-${name}.xml`, location).href
      box.querySelector("[data-mulu-feed]").replaceChildren(about, element("a", { href: address, textContent: address }))
    } catch (error) {
      if (own === turn) said.textContent = `有一部分数据没有取到（${error.message}），请稍后再试，或者按下面的选项查看。`
    }
  }

  form.addEventListener("change", event => {
    const name = event.target.name
    state[name] = event.target.value
    draw()
    form.elements[name]?.focus()
    show()
  })
  form.addEventListener("submit", event => event.preventDefault())
  draw()
  form.hidden = false
  show()
}

load("tags.json").then(policy, () => { /* from a copied folder: the lists by option stay */ })
